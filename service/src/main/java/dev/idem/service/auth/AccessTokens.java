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
 * Signs and verifies access tokens (RFC 7519). The algorithm is fixed, never the token's choice; issuer, audience,
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
     * The holder of a token.
     *
     * @param end when it expires
     */
    public record Holder(UUID user, Instant end) {}

    /** The token's holder; empty if the token is not ours, or has expired. */
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
