/** Tests of how arguments are read. */
@NullMarked
package dev.idem.core.operations.text;

import org.jspecify.annotations.NullMarked;
