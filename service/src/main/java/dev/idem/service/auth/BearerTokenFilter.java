package dev.idem.service.auth;

import io.dropwizard.auth.AuthFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Takes the access token from the header alone. Dropwizard's own filter also reads it from the query, which is stored
 * in logs, histories and links (RFC 9700, section 4.3.2). Thread-safe.
 */
@Priority(Priorities.AUTHENTICATION)
final class BearerTokenFilter extends AuthFilter<String, AuthenticatedUser> {
    private static final String SCHEME = "Bearer";

    private BearerTokenFilter() {}

    /** Builds it like Dropwizard's own filters. */
    static final class Builder extends AuthFilterBuilder<String, AuthenticatedUser, BearerTokenFilter> {
        @Override
        protected BearerTokenFilter newInstance() {
            return new BearerTokenFilter();
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!authenticate(request, tokenOf(request), SCHEME)) {
            throw unauthorizedHandler.buildException(prefix, realm);
        }
    }

    private @Nullable String tokenOf(ContainerRequestContext request) {
        @Nullable String credentials = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        int space = credentials == null ? -1 : credentials.indexOf(' ');
        return credentials != null
                        && space > 0
                        && credentials.substring(0, space).equalsIgnoreCase(prefix)
                ? credentials.substring(space + 1)
                : null;
    }
}
