/** A route as a value, and how the one that takes a path is found. Knows neither a server nor a client. */
@NullMarked
package dev.idem.gateway.route;

import org.jspecify.annotations.NullMarked;
