/** Tests of the JUnit extension. */
@NullMarked
package dev.idem.embedded.junit;

import org.jspecify.annotations.NullMarked;
