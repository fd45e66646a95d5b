/**
 * For how long a request without a key stands for others that say the same: always as long, or as long as the caller's own
 * repeats have taught. Knows no store and no HTTP.
 */
@NullMarked
package dev.idem.core.window;

import org.jspecify.annotations.NullMarked;
