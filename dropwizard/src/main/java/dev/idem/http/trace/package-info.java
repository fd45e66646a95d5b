/**
 * Spans of OpenTelemetry for what the layer does with a request: who executes it (claim), its execution, and what becomes of its
 * answer (complete). Without an endpoint nothing is started and nothing costs.
 */
@NullMarked
package dev.idem.http.trace;

import org.jspecify.annotations.NullMarked;
