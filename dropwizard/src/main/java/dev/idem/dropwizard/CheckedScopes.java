package dev.idem.dropwizard;

import dev.idem.core.record.Scope;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses a request whose scope the application's resolver cannot tell: without one it would run unprotected. */
final class CheckedScopes implements ScopeResolver {
    private final ScopeResolver resolver;

    /** @throws IllegalStateException if the application has given none */
    CheckedScopes(@Nullable ScopeResolver resolver) {
        if (resolver == null) {
            throw new IllegalStateException("IdempotencyBundle.scopes returns null: return a ScopeResolver,"
                    + " such as ScopeResolver.principal()");
        }
        this.resolver = resolver;
    }

    @Override
    public Optional<Scope> scopeOf(ContainerRequestContext request) {
        try {
            return Stream.ofNullable(resolver.scopeOf(request))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "it returned null; for a caller without a scope it must return Optional.empty()"));
        } catch (RuntimeException e) {
            throw isOfApplication(e) ? e : refused(request, e);
        }
    }

    /** The application, or JAX-RS, has a response for these. */
    private static boolean isOfApplication(RuntimeException failure) {
        return !failure.getClass().getName().startsWith("java.");
    }

    private ProblemException refused(ContainerRequestContext request, RuntimeException failure) {
        Problem problem = Problem.of(
                ProblemType.INTERNAL_ERROR,
                ProblemType.INTERNAL_ERROR.remedy(),
                IdempotencyKeyHeader.orNull(request.getHeaders().get(IdempotencyKeyHeader.NAME)));
        problem.logCause(new IllegalStateException(
                "a request was not executed, because its scope is unknown: "
                        + resolver.getClass().getName() + " failed",
                failure));
        return new ProblemException(problem, Map.of());
    }
}
