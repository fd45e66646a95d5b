package dev.idem.dropwizard.problem;

import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Map;

/** Refuses the requests to a method whose annotation is wrong, and that the start did not know. It must not run unprotected. */
@Priority(Priorities.AUTHORIZATION + 500)
public final class MisconfiguredMethod implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        throw new ProblemException(
                Problem.of(
                        ProblemType.INTERNAL_ERROR,
                        ProblemType.INTERNAL_ERROR.remedy(),
                        IdempotencyKeyHeader.orNull(request.getHeaders().get(IdempotencyKeyHeader.NAME))),
                Map.of());
    }
}
