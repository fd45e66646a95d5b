/**
 * OpenTelemetry spans of a request's claim, execution and completion. Without an endpoint nothing is started.
 */
@NullMarked
package dev.idem.http.trace;

import org.jspecify.annotations.NullMarked;
