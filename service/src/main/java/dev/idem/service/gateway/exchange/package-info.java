/**
 * A request on its way through a route and back: {@link dev.idem.service.gateway.exchange.RouteExchange} reads and decides,
 * then it passes, or executes under a lease.
 */
@NullMarked
package dev.idem.service.gateway.exchange;

import org.jspecify.annotations.NullMarked;
