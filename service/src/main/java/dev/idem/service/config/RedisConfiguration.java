package dev.idem.service.config;

import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.KeyPrefix;
import dev.idem.redis.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis} section.
 *
 * @param url {@code embedded} or a URL: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param caFile see {@link TlsFiles}, as for the next two
 * @param keyPrefix see {@link KeyPrefix}
 */
public record RedisConfiguration(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix,
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile) {
    /** All defaults. */
    static final RedisConfiguration DEFAULTS = new RedisConfiguration(null, null, null, null, null, null);

    /** @throws IllegalArgumentException saying which value is wrong, and what it should be */
    public RedisConfiguration {
        RedisTarget unused =
                target(url, mode, caFile, certFile, keyFile); // validated, so that a wrong one stops the start
        String unusedPrefix = KeyPrefix.of(keyPrefix);
    }

    public RedisTarget target() {
        return target(url, mode, caFile, certFile, keyFile);
    }

    private static RedisTarget target(
            @Nullable String url,
            @Nullable String mode,
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile) {
        return RedisTarget.parse(url == null ? "embedded" : url, mode, new TlsFiles(caFile, certFile, keyFile));
    }

    public String keyPrefixOrDefault() {
        return KeyPrefix.of(keyPrefix);
    }

    /** The URL may contain a password. */
    @Override
    public String toString() {
        return target().describe();
    }
}
