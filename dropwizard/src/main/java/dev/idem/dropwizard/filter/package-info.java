/**
 * The way of a request to a protected resource method and back. {@link dev.idem.dropwizard.filter.IdempotencyFilter} is the
 * whole of it, from the claim to the answer; {@link dev.idem.dropwizard.filter.ProtectedRequest} is the state of one request
 * on the way. {@code dev.idem.http} decides, and ends the lease.
 */
@NullMarked
package dev.idem.dropwizard.filter;

import org.jspecify.annotations.NullMarked;
