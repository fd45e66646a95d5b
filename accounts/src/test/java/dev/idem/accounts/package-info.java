/** Tests of {@code dev.idem.accounts}. */
@NullMarked
package dev.idem.accounts;

import org.jspecify.annotations.NullMarked;
