/**
 * What operators measure: {@link IdempotencyMetrics} turns the layer's events into metrics, for Dropwizard's registry and
 * for Prometheus, and {@link PrometheusEndpoint} shows the latter on the admin port.
 */
@NullMarked
package dev.idem.http.metrics;

import dev.idem.dropwizard.health.PrometheusEndpoint;
import org.jspecify.annotations.NullMarked;
