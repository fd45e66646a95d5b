/**
 * A request on its way through a route and back. {@link dev.idem.gateway.exchange.RouteExchange} reads it and decides;
 * then it is forwarded as it is, or executes under a lease.
 */
@NullMarked
package dev.idem.gateway.exchange;

import org.jspecify.annotations.NullMarked;
