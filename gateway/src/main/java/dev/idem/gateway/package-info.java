/**
 * The engine in front of any HTTP API. {@link dev.idem.gateway.Gateway} inserts a handler in front of the
 * application's, which passes requests to routes. {@code config} reads routes, {@code route} holds their settings,
 * {@code exchange} serves requests, {@code upstream} is the HTTP client, {@code caller} identifies callers. {@code client},
 * {@code header}, {@code response} and {@code probe} are what exchanges share.
 */
@NullMarked
package dev.idem.gateway;

import org.jspecify.annotations.NullMarked;
