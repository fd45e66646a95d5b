package dev.idem.conformance.app;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Turns a request away before the handler, as filters do. */
@Priority(Priorities.USER)
final class RefuseOnDemand implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String status = request.getHeaderString("Probe-Refuse");
        if (status != null) {
            request.abortWith(Response.status(Integer.parseInt(status)).build());
        }
    }
}
