package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;

/** Lets only callers with an API key pass. As most filters of applications, it has no priority of its own. */
@ApiKeyFilter.Required
final class ApiKeyFilter implements ContainerRequestFilter {

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Required {}

    private static volatile @Nullable String revoked;

    static void revoke(@Nullable String key) {
        revoked = key;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String key = request.getHeaderString("X-Api-Key");
        if (key == null) {
            request.abortWith(Response.status(401).build());
        } else if (key.equals(revoked)) {
            request.abortWith(Response.status(403).build());
        }
    }
}
