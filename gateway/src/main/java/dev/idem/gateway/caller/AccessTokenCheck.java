package dev.idem.gateway.caller;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.Verification;
import dev.idem.gateway.route.JwtSettings;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Finds a request's access token and verifies it with the route's key. Thread-safe. */
public final class AccessTokenCheck {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;

    public AccessTokenCheck(JwtSettings settings) {
        Algorithm algorithm = settings.secret()
                .map(Algorithm::HMAC256)
                .orElseGet(() -> algorithm(settings.publicKey().orElseThrow()));
        Verification verification = JWT.require(algorithm);
        settings.issuer().ifPresent(verification::withIssuer);
        settings.audience().ifPresent(verification::withAudience);
        this.verifier = new TokenVerifier(verification);
    }

    private static Algorithm algorithm(PublicKey key) {
        return key instanceof RSAPublicKey rsa
                ? Algorithm.RSA256(rsa, null)
                : Algorithm.ECDSA256((ECPublicKey) key, null);
    }

    /**
     * The request's token. Empty if there is none, if it is not valid, or if there are several: the upstream might read
     * another one.
     */
    public Optional<DecodedJWT> verified(HttpFields headers) {
        List<String> credentials = headers.getValuesList(HttpHeader.AUTHORIZATION);
        if (credentials.size() != 1 || !credentials.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return verifier.verified(credentials.get(0).substring(BEARER.length()).strip());
    }
}
