/** Tests of atomic methods that work through Hibernate. */
@NullMarked
package dev.idem.hibernate;

import org.jspecify.annotations.NullMarked;
