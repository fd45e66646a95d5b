package dev.idem.service.gateway.caller;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.Verification;
import dev.idem.service.gateway.route.JwtSettings;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes access tokens that are signed with a route's key and have not expired (RFC 7519). Thread-safe. */
public final class AccessTokenCheck {
    private static final Logger log = LoggerFactory.getLogger(AccessTokenCheck.class);
    private static final String BEARER = "Bearer ";

    private final JWTVerifier verifier;

    public AccessTokenCheck(JwtSettings settings) {
        Algorithm algorithm = settings.secret()
                .map(Algorithm::HMAC256)
                .orElseGet(() -> algorithm(settings.publicKey().orElseThrow()));
        Verification verification = JWT.require(algorithm).withClaimPresence("exp");
        settings.issuer().ifPresent(verification::withIssuer);
        settings.audience().ifPresent(verification::withAudience);
        this.verifier = verification.build();
    }

    private static Algorithm algorithm(PublicKey key) {
        return key instanceof RSAPublicKey rsa
                ? Algorithm.RSA256(rsa, null)
                : Algorithm.ECDSA256((ECPublicKey) key, null);
    }

    /** The request's token; empty if it has none, or one that is not believed. */
    public Optional<DecodedJWT> verified(HttpFields headers) {
        @Nullable String credentials = headers.get(HttpHeader.AUTHORIZATION);
        if (credentials == null || !credentials.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    verifier.verify(credentials.substring(BEARER.length()).strip()));
        } catch (JWTVerificationException refused) {
            log.debug("a token was refused: {}", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
