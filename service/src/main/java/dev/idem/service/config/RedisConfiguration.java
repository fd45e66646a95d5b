package dev.idem.service.config;

import dev.idem.redis.connect.RedisTarget;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis} section.
 *
 * @param url {@code embedded} or a URL: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param keyPrefix the prefix of all our keys; equal on all nodes that share a database. No braces, since these would
 *     choose the cluster's node (Redis Cluster specification, "hash tags")
 */
public record RedisConfiguration(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix) {

    static final String USUAL_MODE = "standalone";

    private static final Pattern PREFIX = Pattern.compile("[!-z|~]{0,64}");

    /** @throws IllegalArgumentException saying which value is wrong, and what it should be */
    public RedisConfiguration {
        RedisTarget.parse(url == null ? "embedded" : url, mode);
        if (keyPrefix != null && !PREFIX.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException(
                    "redis.keyPrefix must be at most 64 visible ASCII characters without braces, such as idem:");
        }
    }

    public RedisTarget target() {
        return RedisTarget.parse(url == null ? "embedded" : url, mode);
    }

    public String keyPrefixOrDefault() {
        return keyPrefix == null ? "idem:" : keyPrefix;
    }
}
