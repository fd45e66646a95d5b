package dev.idem.gateway.caller;

import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.Verification;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the signature and expiry of access tokens (RFC 7519). The issuer's clock may be ahead: up to a minute is
 * accepted for the time of issue and the start of validity, since nobody gains by it. The expiry is exact. Thread-safe.
 */
public final class TokenVerifier {
    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    private static final long CLOCKS_DIFFER_BY_SECONDS = 60;

    private final JWTVerifier verifier;

    /** @param required what a token must contain besides an expiry */
    public TokenVerifier(Verification required) {
        this.verifier = required.withClaimPresence("exp")
                .acceptIssuedAt(CLOCKS_DIFFER_BY_SECONDS)
                .acceptNotBefore(CLOCKS_DIFFER_BY_SECONDS)
                .build();
    }

    /** The token; empty if it is not valid. */
    public Optional<DecodedJWT> verified(String token) {
        try {
            return Optional.of(verifier.verify(token))
                    .filter(TokenVerifier::hasNotEnded)
                    .filter(believed -> isAbsentOrATime(believed.getClaim("iat")))
                    .filter(believed -> isAbsentOrATime(believed.getClaim("nbf")));
        } catch (RuntimeException refused) {
            // Any: the library reads a stranger's token before it looks at the signature, and some dates and a header
            // of null
            // make it fail as if that were a mistake of ours.
            log.debug("a token was refused: {}", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** A claim of null is present, but says nothing that could be checked. */
    private static boolean isAbsentOrATime(Claim claim) {
        return claim.isMissing() || claim.asInstant() != null;
    }

    /** The library accepts an expiry of null, which never comes, and rounds the expiry up to a whole second. */
    private static boolean hasNotEnded(DecodedJWT token) {
        @Nullable Instant end = token.getExpiresAtAsInstant();
        return end != null && Instant.now().isBefore(end);
    }
}
