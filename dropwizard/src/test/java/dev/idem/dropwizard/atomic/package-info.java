/** Tests of the transactions of atomic methods. */
@NullMarked
package dev.idem.dropwizard.atomic;

import org.jspecify.annotations.NullMarked;
