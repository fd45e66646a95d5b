package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import io.dropwizard.jersey.errors.ErrorMessage;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;

/**
 * Gives an error without a body, or with Dropwizard's own message, a problem as its body. Such errors arise before any resource
 * or mapper is called, for example from a malformed header.
 */
@Priority(Priorities.ENTITY_CODER) // after an application's own filters, before the response is stored
final class EmptyErrorBodies implements ContainerResponseFilter {
    private static final Annotation[] NONE = {};
    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean isBare = !response.hasEntity() || response.getEntity() instanceof ErrorMessage;
        if (response.getStatus() >= 400 && isBare) {
            Problem problem = Problem.ofStatus(response.getStatus(), null);
            problem.log();
            response.setStatus(problem.status());
            response.setEntity(problem, NONE, PROBLEM);
            if (problem.retryable() && !response.getHeaders().containsKey(HttpHeaders.RETRY_AFTER)) {
                response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, Problem.SOON);
            }
        }
    }
}
