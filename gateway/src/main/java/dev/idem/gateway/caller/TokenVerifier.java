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
 * Believes access tokens that are signed as asked for and have not expired (RFC 7519). Whoever signed them may have a clock that is
 * ahead: of when a token was issued and from when on it holds, a minute is believed, as nobody gains by it. Of its end nothing
 * is given away. Thread-safe.
 */
public final class TokenVerifier {
    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    private static final long CLOCKS_DIFFER_BY_SECONDS = 60;

    private final JWTVerifier verifier;

    /** @param required what a token has to be, beside having an end */
    public TokenVerifier(Verification required) {
        this.verifier = required.withClaimPresence("exp")
                .acceptIssuedAt(CLOCKS_DIFFER_BY_SECONDS)
                .acceptNotBefore(CLOCKS_DIFFER_BY_SECONDS)
                .build();
    }

    /** The token; empty if it is not believed. */
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

    /** A claim of null says nothing that could be checked, and is not absent. */
    private static boolean isAbsentOrATime(Claim claim) {
        return claim.isMissing() || claim.asInstant() != null;
    }

    /** To the library an end of null is an end, and one that never comes; and a second begins when it is over. */
    private static boolean hasNotEnded(DecodedJWT token) {
        @Nullable Instant end = token.getExpiresAtAsInstant();
        return end != null && Instant.now().isBefore(end);
    }
}
