/** Tests of the operations that need no server. */
@NullMarked
package dev.idem.core.operations;

import org.jspecify.annotations.NullMarked;
