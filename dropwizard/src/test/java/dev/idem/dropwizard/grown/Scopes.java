package dev.idem.dropwizard.grown;

import dev.idem.core.record.Scope;
import dev.idem.dropwizard.filter.ScopeResolver;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By the principal, unless a header asks for one of the mistakes that a resolver can make. */
final class Scopes implements ScopeResolver {
    static final String MISTAKE = "X-Scope";

    private final ScopeResolver usual = ScopeResolver.principal();

    @Override
    @SuppressWarnings({"NullAway", "NullOptional"}) // on purpose
    public Optional<Scope> scopeOf(ContainerRequestContext request) {
        @Nullable String mistake = request.getHeaderString(MISTAKE);
        if (mistake == null) {
            return usual.scopeOf(request);
        }
        return switch (mistake) {
            case "null" -> null;
            case "fails" -> Optional.of(new Scope(request.getHeaderString("X-Tenant")));
            case "bad" -> Optional.of(new Scope("of Jörg"));
            default -> throw new ForbiddenException();
        };
    }
}
