/** Tests of the embedded servers. */
@NullMarked
package dev.idem.embedded;

import org.jspecify.annotations.NullMarked;
