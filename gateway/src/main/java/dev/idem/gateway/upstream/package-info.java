/**
 * How upstreams are spoken to: a {@link dev.idem.gateway.upstream.UpstreamClient} for each, with its limits and its
 * breaker, and what it means when a {@linkplain dev.idem.gateway.upstream.UpstreamCall call} fails. Knows nothing of
 * keys.
 */
@NullMarked
package dev.idem.gateway.upstream;

import org.jspecify.annotations.NullMarked;
