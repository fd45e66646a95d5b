/**
 * The HTTP client: an {@link dev.idem.gateway.upstream.UpstreamClient} for each upstream, with its limits and circuit
 * breaker, and what the failure of a {@linkplain dev.idem.gateway.upstream.UpstreamCall call} means. Knows nothing of
 * keys.
 */
@NullMarked
package dev.idem.gateway.upstream;

import org.jspecify.annotations.NullMarked;
