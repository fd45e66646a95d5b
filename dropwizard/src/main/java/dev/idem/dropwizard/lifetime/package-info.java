/**
 * How long a request lasts. The server uses its objects again for another request as soon as it has ended one. What works on for that one
 * has {@link dev.idem.dropwizard.lifetime.LastingRequest} and {@link dev.idem.dropwizard.lifetime.LastingResponse}, which know of its end.
 */
@NullMarked
package dev.idem.dropwizard.lifetime;

import org.jspecify.annotations.NullMarked;
