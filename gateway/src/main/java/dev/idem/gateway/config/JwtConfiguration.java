package dev.idem.gateway.config;

import dev.idem.gateway.route.JwtSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A route's {@code jwt}, as configured.
 *
 * @param secret at least 32 bytes, for HS256
 * @param publicKey PEM or the name of a PEM file: an RSA key for RS256, a key on curve P-256 for ES256
 */
public record JwtConfiguration(
        @Nullable String secret,
        @Nullable String publicKey,
        @Nullable String issuer,
        @Nullable String audience) {
    private static final int MIN_SECRET_BYTES = 32;

    /** @throws IllegalArgumentException if a key is wrong; the message names it and what it should be */
    JwtSettings settings() {
        if ((secret == null) == (publicKey == null)) {
            throw new IllegalArgumentException("jwt must have either a secret or a publicKey");
        }
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("jwt.secret must have at least 32 bytes");
        }
        return new JwtSettings(
                Optional.ofNullable(secret),
                Optional.ofNullable(publicKey).map(JwtConfiguration::key),
                Optional.ofNullable(issuer),
                Optional.ofNullable(audience));
    }

    private static PublicKey key(String written) {
        try {
            String pem = written.contains("-----BEGIN") ? written : Files.readString(Path.of(written));
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----(?:BEGIN|END) PUBLIC KEY-----", "")
                            .strip());
            for (String algorithm : List.of("RSA", "EC")) {
                Optional<PublicKey> key = keyOf(algorithm, der);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } catch (IOException
                | IllegalArgumentException
                        quotesIt) { // the value is not shown: somebody may have written a secret there
            throw new IllegalArgumentException("jwt.publicKey must be PEM, or the name of a readable PEM file");
        }
        throw new IllegalArgumentException("jwt.publicKey must be an RSA or P-256 public key in PEM");
    }

    private static Optional<PublicKey> keyOf(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException ofAnotherAlgorithm) {
            return Optional.empty();
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "JwtConfiguration[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
