package dev.idem.dropwizard.filter;

import dev.idem.core.record.Scope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;

/** Says whose key it is. An extension point: thread-safe, called once for each request, after authentication. */
@FunctionalInterface
public interface ScopeResolver {

    /** The caller's scope; empty when nobody has authenticated the caller. */
    Optional<Scope> scopeOf(ContainerRequestContext request);

    /** The name of the authenticated principal. Names must be unique, and printable ASCII without spaces. */
    static ScopeResolver principal() {
        return request -> Optional.ofNullable(request.getSecurityContext())
                .map(SecurityContext::getUserPrincipal)
                .map(Principal::getName)
                .map(name -> new Scope("user:" + name));
    }
}
