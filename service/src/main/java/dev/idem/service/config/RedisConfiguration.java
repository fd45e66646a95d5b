package dev.idem.service.config;

import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.tls.TlsFiles;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis} section.
 *
 * @param url {@code embedded} or a URL: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param caFile see {@link TlsFiles}, as for the next two
 * @param keyPrefix the prefix of all our keys; equal on all nodes that share a database. No braces, since these would
 *     choose the cluster's node (Redis Cluster specification, "hash tags")
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

    private static final Pattern PREFIX = Pattern.compile("[!-z|~]{0,64}");

    /** @throws IllegalArgumentException saying which value is wrong, and what it should be */
    public RedisConfiguration {
        RedisTarget unused =
                target(url, mode, caFile, certFile, keyFile); // validated, so that a wrong one stops the start
        if (keyPrefix != null && !PREFIX.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException(
                    "redis.keyPrefix must be at most 64 visible ASCII characters without braces, such as idem:");
        }
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
        return keyPrefix == null ? "idem:" : keyPrefix;
    }

    /** The URL may contain a password. */
    @Override
    public String toString() {
        return target().describe();
    }
}
