/**
 * The policy of a route: keys, comparison, storage and the engine's part. Immutable values; {@code config} reads them from the
 * configuration, {@code decision} and {@code completion} apply them.
 */
@NullMarked
package dev.idem.http.policy;

import org.jspecify.annotations.NullMarked;
