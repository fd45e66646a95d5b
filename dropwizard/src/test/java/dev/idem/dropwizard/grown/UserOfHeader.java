package dev.idem.dropwizard.grown;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Authenticates by any name without a password. Characters of a name that a header has not are percent-encoded. */
@Priority(Priorities.AUTHENTICATION)
final class UserOfHeader implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String user = request.getHeaderString("X-User");
        if (user != null) {
            request.setSecurityContext(new Named(() -> URLDecoder.decode(user, StandardCharsets.UTF_8)));
        }
    }

    private record Named(Principal user) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "test";
        }
    }
}
