package dev.idem.dropwizard.filter;

import dev.idem.core.record.Scope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;

/** Finds the scope of a request's key. An extension point: thread-safe, called once for each request, after all other request filters. */
@FunctionalInterface
public interface ScopeResolver {

    /** The caller's scope; empty for an unauthenticated caller. */
    Optional<Scope> scopeOf(ContainerRequestContext request);

    /** By the authenticated principal's name. Names must be unique, and printable ASCII without spaces. */
    static ScopeResolver principal() {
        return request -> Optional.ofNullable(request.getSecurityContext())
                .map(SecurityContext::getUserPrincipal)
                .map(Principal::getName)
                .map(name -> new Scope("user:" + name));
    }
}
