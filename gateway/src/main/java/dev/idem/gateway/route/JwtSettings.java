package dev.idem.gateway.route;

import java.security.PublicKey;
import java.util.Optional;

/**
 * Which access tokens are believed. Either a secret (HS256) or a public key (RS256 or ES256): the algorithm is ours to
 * choose, never the token's.
 *
 * @param issuer what the token must say of it, if anything
 * @param audience one that the token must name, if any
 */
public record JwtSettings(
        Optional<String> secret, Optional<PublicKey> publicKey, Optional<String> issuer, Optional<String> audience) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "JwtSettings[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
