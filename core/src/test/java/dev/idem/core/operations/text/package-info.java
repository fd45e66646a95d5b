/** Tests of reading arguments. */
@NullMarked
package dev.idem.core.operations.text;

import org.jspecify.annotations.NullMarked;
