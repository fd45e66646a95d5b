/** Tests. */
@NullMarked
package dev.idem.embedded.process;

import org.jspecify.annotations.NullMarked;
