package dev.idem.dropwizard.sections;

import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.tls.TlsFiles;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code redis} of an application with {@link SectionsBundle}. Immutable.
 *
 * @param url such as {@code redis://127.0.0.1:6379}: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}; {@code standalone} by default
 * @param keyPrefix of the layer's keys, {@code idem:} by default; equal on all nodes that share a database. No braces, since these
 *     would choose the cluster's node (Redis Cluster specification, "hash tags")
 * @param caFile see {@link TlsFiles}, as for the next two
 */
public record RedisSection(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix,
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile) {
    private static final String USUAL_PREFIX = "idem:";
    private static final Pattern PREFIX = Pattern.compile("[!-z|~]{0,64}");

    /** @throws IllegalArgumentException saying which value is wrong, and what it should be */
    public RedisSection {
        RedisTarget.External unused = target(url, mode, caFile, certFile, keyFile); // a wrong one stops the start
        if (keyPrefix != null && !PREFIX.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException(
                    "redis.keyPrefix must be at most 64 visible ASCII characters without braces, such as idem:");
        }
    }

    RedisTarget.External target() {
        return target(url, mode, caFile, certFile, keyFile);
    }

    String keyPrefixOrDefault() {
        return keyPrefix == null ? USUAL_PREFIX : keyPrefix;
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
