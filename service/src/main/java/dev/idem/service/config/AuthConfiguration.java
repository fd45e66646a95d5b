package dev.idem.service.config;

import dev.idem.service.address.TrustedProxies;
import io.dropwizard.util.Duration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code auth} section.
 *
 * @param jwtSecret what access tokens are signed with, at least 32 bytes; may be left out with an embedded database
 * @param tokenLifetime how long an access token is valid, 1m to 30d; 1h unless told otherwise
 * @param seedUsers whether an embedded database begins with two users whose passwords are public; true unless told otherwise
 * @param trustedProxies addresses and networks of the proxies that say whose logins they pass on, with commas between them
 */
public record AuthConfiguration(
        @Nullable String jwtSecret,
        @Nullable Duration tokenLifetime,
        @Nullable Boolean seedUsers,
        @Nullable String trustedProxies) {
    /** Nothing is set. */
    public static final AuthConfiguration DEFAULTS = new AuthConfiguration(null, null, null, null);

    /** As many bytes as HS256 digests have (RFC 7518, section 3.2). */
    private static final int MIN_SECRET_BYTES = 32;

    public AuthConfiguration {
        if (jwtSecret != null
                && !jwtSecret.isBlank()
                && jwtSecret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("auth.jwtSecret (JWT_SECRET) must have at least 32 bytes, such as the"
                    + " output of: openssl rand -base64 48");
        }
        if (tokenLifetime != null && (tokenLifetime.toMinutes() < 1 || tokenLifetime.toDays() > 30)) {
            throw new IllegalArgumentException("auth.tokenLifetime must be 1m to 30d, not " + tokenLifetime);
        }
        TrustedProxies unused = proxies(trustedProxies); // tried, so that a wrong one stops the start
    }

    /** None unless told otherwise. */
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

    /** Empty when none was given. */
    public Optional<String> secret() {
        return Optional.ofNullable(jwtSecret).filter(secret -> !secret.isBlank());
    }

    /** Whether an embedded database begins with the two users. */
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
