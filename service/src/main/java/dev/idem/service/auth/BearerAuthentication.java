package dev.idem.service.auth;

import com.codahale.metrics.MetricRegistry;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.idem.accounts.User;
import dev.idem.accounts.Users;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.auth.Authenticator;
import io.dropwizard.auth.CachingAuthenticator;
import io.dropwizard.auth.UnauthorizedHandler;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** Provides {@code @Auth AuthenticatedUser} and {@code @RolesAllowed} by the request's access token (RFC 6750). */
public final class BearerAuthentication implements Feature {
    /** How long a disabled user may still have access. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int REMEMBERED_TOKENS = 10_000;

    private final Users users;
    private final AccessTokens tokens;
    private final CachingAuthenticator<String, Session> sessions;

    /** For any number of ports, which share one cache. */
    public BearerAuthentication(Users users, AccessTokens tokens, MetricRegistry metrics) {
        this.users = users;
        this.tokens = tokens;
        this.sessions = new CachingAuthenticator<>(
                metrics,
                new Callers(),
                Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(REMEMBERED_TOKENS));
    }

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new AuthDynamicFeature(new BearerTokenFilter.Builder()
                .setAuthenticator(token ->
                        sessions.authenticate(token).filter(Session::lasts).map(Session::caller))
                .setAuthorizer((caller, role, request) -> caller.role().label().equals(role))
                .setPrefix("Bearer")
                .setRealm("idem")
                .setUnauthorizedHandler(new Unauthorized())
                .buildAuthFilter()));
        context.register(RolesAllowedDynamicFeature.class);
        context.register(new AuthValueFactoryProvider.Binder<>(AuthenticatedUser.class));
        return true;
    }

    /** A cached token; it must not outlive its expiry. */
    private record Session(AuthenticatedUser caller, Instant end) implements Principal {
        @Override
        public String getName() {
            return caller.getName();
        }

        boolean lasts() {
            return Instant.now().isBefore(end);
        }
    }

    /** A named class, because the cache's metrics are named after it. */
    private final class Callers implements Authenticator<String, Session> {
        @Override
        public Optional<Session> authenticate(String token) {
            return tokens.verify(token).flatMap(holder -> users.find(holder.user())
                    .filter(User::enabled)
                    .map(user ->
                            new Session(new AuthenticatedUser(user.id(), user.email(), user.role()), holder.end())));
        }
    }

    private static final class Unauthorized implements UnauthorizedHandler {
        @Override
        public Response buildResponse(String prefix, String realm) {
            String challenge = prefix + " realm=\"" + realm + '"';
            return new ProblemException(
                            Problem.of(
                                    ProblemType.UNAUTHORIZED,
                                    "Send a valid access token as Authorization: Bearer; POST /api/auth/login issues one.",
                                    null),
                            Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge))
                    .getResponse();
        }
    }
}
