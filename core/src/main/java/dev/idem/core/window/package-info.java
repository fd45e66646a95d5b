/**
 * How long a request without a key makes equal requests its repeats: a fixed time, or a time estimated from the
 * caller's own repeats. Independent of stores and of HTTP.
 */
@NullMarked
package dev.idem.core.window;

import org.jspecify.annotations.NullMarked;
