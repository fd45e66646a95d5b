/**
 * What happens to a request on its way to a resource method and back: {@link dev.idem.dropwizard.filter.ClaimFilter}
 * goes by the {@linkplain dev.idem.http.decision rules} before it, {@link dev.idem.dropwizard.filter.CompletionFilter} and {@link
 * dev.idem.dropwizard.filter.ResponseCaptureInterceptor} store the answer after it, before a byte of it is sent. The {@link
 * dev.idem.dropwizard.filter.ProtectedRequest} carries what the one must know of the other.
 */
@NullMarked
package dev.idem.dropwizard.filter;

import org.jspecify.annotations.NullMarked;
