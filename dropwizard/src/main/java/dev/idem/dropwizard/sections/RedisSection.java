package dev.idem.dropwizard.sections;

import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.KeyPrefix;
import dev.idem.redis.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code redis} of an application with {@link SectionsBundle}. Immutable.
 *
 * @param url such as {@code redis://127.0.0.1:6379}: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}; {@code standalone} by default
 * @param keyPrefix see {@link KeyPrefix}
 * @param caFile see {@link TlsFiles}, as for the next two
 */
public record RedisSection(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix,
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile) {
    /** @throws IllegalArgumentException saying which value is wrong, and what it should be */
    public RedisSection {
        RedisTarget.External unused = target(url, mode, caFile, certFile, keyFile); // a wrong one stops the start
        String unusedPrefix = KeyPrefix.of(keyPrefix);
    }

    RedisTarget.External target() {
        return target(url, mode, caFile, certFile, keyFile);
    }

    String keyPrefixOrDefault() {
        return KeyPrefix.of(keyPrefix);
    }

    private static RedisTarget.External target(
            @Nullable String url,
            @Nullable String mode,
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile) {
        if (url != null
                && RedisTarget.parse(url, mode, new TlsFiles(caFile, certFile, keyFile))
                        instanceof RedisTarget.External server) {
            return server;
        }
        throw new IllegalArgumentException("redis.url must be the URL of a Redis, such as redis://127.0.0.1:6379");
    }

    /** The URL may contain a password. */
    @Override
    public String toString() {
        return target().describe();
    }
}
