package dev.idem.gateway.route;

import java.security.PublicKey;
import java.util.Optional;

/**
 * Which access tokens are accepted. Either a secret (HS256) or a public key (RS256 or ES256): the configuration chooses
 * the algorithm, never the token.
 *
 * @param issuer the issuer that the token must name, if any
 * @param audience an audience that the token must name, if any
 */
public record JwtSettings(
        Optional<String> secret, Optional<PublicKey> publicKey, Optional<String> issuer, Optional<String> audience) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "JwtSettings[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
