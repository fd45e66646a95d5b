package dev.idem.service.config;

import dev.idem.service.address.TrustedProxies;
import io.dropwizard.util.Duration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code auth} section.
 *
 * @param jwtSecret signs access tokens, at least 32 bytes; optional with an embedded database
 * @param tokenLifetime how long an access token is valid, 1m to 30d; 1h by default
 * @param seedUsers whether an embedded database starts with two users whose passwords are public; true by default
 * @param trustedProxies addresses and networks of the proxies in front of the login, separated by commas
 */
public record AuthConfiguration(
        @Nullable String jwtSecret,
        @Nullable Duration tokenLifetime,
        @Nullable Boolean seedUsers,
        @Nullable String trustedProxies) {
    /** All defaults. */
    public static final AuthConfiguration DEFAULTS = new AuthConfiguration(null, null, null, null);

    /** The size of an HS256 digest (RFC 7518, section 3.2). */
    private static final int MIN_SECRET_BYTES = 32;

    public AuthConfiguration {
        if (jwtSecret != null
                && !jwtSecret.isBlank()
                && jwtSecret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("auth.jwtSecret (JWT_SECRET) must have at least 32 bytes, such as the"
                    + " output of: openssl rand -base64 48");
        }
        if (tokenLifetime != null
                && (tokenLifetime.toMinutes() < 1
                        || tokenLifetime.toJavaDuration().compareTo(java.time.Duration.ofDays(30)) > 0)) {
            throw new IllegalArgumentException("auth.tokenLifetime must be 1m to 30d, not " + tokenLifetime);
        }
        TrustedProxies unused = proxies(trustedProxies); // validated, so that a wrong one stops the start
    }

    /** None by default. */
    public TrustedProxies proxies() {
        return proxies(trustedProxies);
    }

    private static TrustedProxies proxies(@Nullable String written) {
        try {
            return TrustedProxies.parse(written);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("auth.trustedProxies (TRUSTED_PROXIES) " + e.getMessage(), e);
        }
    }

    /** Empty if it is not set. */
    public Optional<String> secret() {
        return Optional.ofNullable(jwtSecret).filter(secret -> !secret.isBlank());
    }

    /** Whether an embedded database starts with the two users. */
    public boolean hasSeededUsers() {
        return !Boolean.FALSE.equals(seedUsers);
    }

    public java.time.Duration lifetime() {
        return tokenLifetime == null ? java.time.Duration.ofHours(1) : tokenLifetime.toJavaDuration();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AuthConfiguration[lifetime=" + lifetime() + ", trustedProxies=" + trustedProxies + "]";
    }
}
