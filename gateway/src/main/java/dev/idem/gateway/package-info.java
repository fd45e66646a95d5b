/**
 * The engine in front of any HTTP API: {@link dev.idem.gateway.Gateway} puts a handler before the application's, which
 * gives requests to routes. {@code config} reads them, {@code route} says what they are, {@code exchange} serves them, {@code
 * upstream} speaks to who is behind them, {@code caller} knows who asks.
 */
@NullMarked
package dev.idem.gateway;

import org.jspecify.annotations.NullMarked;
