/**
 * A request on its way through a route and back. {@link dev.idem.gateway.exchange.RouteExchange} receives it. One of a
 * protected method goes through {@link dev.idem.gateway.exchange.ProtectedExchange}, which reads from key to answer;
 * others are forwarded as they are.
 */
@NullMarked
package dev.idem.gateway.exchange;

import org.jspecify.annotations.NullMarked;
