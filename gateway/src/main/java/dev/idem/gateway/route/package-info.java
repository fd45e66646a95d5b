/** A route's settings, and how the route of a path is found. Knows neither server nor client. */
@NullMarked
package dev.idem.gateway.route;

import org.jspecify.annotations.NullMarked;
