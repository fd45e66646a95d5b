package dev.idem.dropwizard.filter;

import dev.idem.core.record.Scope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scope of a request's key. An extension point: thread-safe, called once for each request, after all other request
 * filters. An exception of JAX-RS or of the application is answered as one of a resource. Any other, or null, is an error of the
 * resolver: the request gets a problem with status 500, and does not execute.
 */
@FunctionalInterface
public interface ScopeResolver {

    /** The caller's scope; empty for an unauthenticated caller. */
    Optional<Scope> scopeOf(ContainerRequestContext request);

    /** By the authenticated principal's name, which must be unique ({@link Scope#ofUser}). */
    static ScopeResolver principal() {
        return request -> Optional.ofNullable(request.getSecurityContext())
                .map(SecurityContext::getUserPrincipal)
                .map(ScopeResolver::scopeOf);
    }

    private static Scope scopeOf(Principal principal) {
        @Nullable String name = principal.getName();
        if (name == null || name.isBlank()) {
            throw new IllegalStateException("the principal "
                    + principal.getClass().getName() + " has no name: all such callers would share one scope");
        }
        return Scope.ofUser(name);
    }
}
