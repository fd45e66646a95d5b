/**
 * The layer's metrics: {@link dev.idem.http.metrics.IdempotencyMetrics} turns events of the engine and of decisions into
 * metrics, for Prometheus and for Dropwizard's registry. No label is a user, a key or a raw path.
 */
@NullMarked
package dev.idem.http.metrics;

import org.jspecify.annotations.NullMarked;
