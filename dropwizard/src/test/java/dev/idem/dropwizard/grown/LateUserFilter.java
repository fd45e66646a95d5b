package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Authenticates without a priority of its own, after the other authentication has found nobody. */
@LateUserFilter.Known
final class LateUserFilter implements ContainerRequestFilter {

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Known {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        request.getHeaders().putSingle("X-User", request.getHeaderString("X-Late-User"));
        new UserOfHeader().filter(request);
    }
}
