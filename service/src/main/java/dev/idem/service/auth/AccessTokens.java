package dev.idem.service.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs and verifies access tokens (RFC 7519). The algorithm is ours to choose, never the token's; issuer, audience,
 * subject and expiry are required. Thread-safe.
 */
public final class AccessTokens {
    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final String ISSUER = "idem";
    private static final String AUDIENCE = "idem-api";

    private final Algorithm algorithm;
    private final JWTVerifier verifier;
    private final Duration lifetime;

    /** @param secret at least 32 bytes */
    public AccessTokens(String secret, Duration lifetime) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.lifetime = lifetime;
        this.verifier = JWT.require(algorithm)
                .withIssuer(ISSUER)
                .withAudience(AUDIENCE)
                .withClaimPresence("sub")
                .withClaimPresence("exp")
                .build();
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

    /** Whose token it is; empty if it is not one of ours, or too old. */
    public Optional<UUID> verify(String token) {
        try {
            return Optional.of(UUID.fromString(verifier.verify(token).getSubject()));
        } catch (JWTVerificationException | IllegalArgumentException refused) {
            log.debug("a token was refused: {}", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    public Duration lifetime() {
        return lifetime;
    }
}
