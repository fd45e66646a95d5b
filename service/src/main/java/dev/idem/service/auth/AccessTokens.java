package dev.idem.service.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.idem.gateway.caller.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Signs and verifies access tokens (RFC 7519). The algorithm is ours to choose, never the token's; issuer, audience,
 * subject and expiry are required. Thread-safe.
 */
public final class AccessTokens {
    private static final String ISSUER = "idem";
    private static final String AUDIENCE = "idem-api";

    private final Algorithm algorithm;
    private final TokenVerifier verifier;
    private final Duration lifetime;

    /** @param secret at least 32 bytes */
    public AccessTokens(String secret, Duration lifetime) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.lifetime = lifetime;
        this.verifier =
                new TokenVerifier(JWT.require(algorithm).withIssuer(ISSUER).withAudience(AUDIENCE));
    }

    public String issue(UUID user) {
        Instant now = Instant.now();
        return JWT.create()
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                .withSubject(user.toString())
                .withJWTId(UUID.randomUUID().toString())
                .withIssuedAt(now)
                .withExpiresAt(now.plus(lifetime))
                .sign(algorithm);
    }

    /**
     * Whose token it is.
     *
     * @param end from then on it is not believed
     */
    public record Holder(UUID user, Instant end) {}

    /** Who holds it; empty if it is not one of ours, or too old. */
    public Optional<Holder> verify(String token) {
        return verifier.verified(token).flatMap(AccessTokens::holder);
    }

    private static Optional<Holder> holder(DecodedJWT token) {
        try {
            return Optional.ofNullable(token.getSubject())
                    .map(UUID::fromString)
                    .map(user -> new Holder(user, token.getExpiresAtAsInstant()));
        } catch (IllegalArgumentException nobodyOfOurs) {
            return Optional.empty();
        }
    }

    public Duration lifetime() {
        return lifetime;
    }
}
