/** Tests of the operations, without a server. */
@NullMarked
package dev.idem.core.operations;

import org.jspecify.annotations.NullMarked;
