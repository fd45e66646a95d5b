package dev.idem.service.config;

import dev.idem.redis.connect.RedisTarget;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis} section.
 *
 * @param url {@code embedded}, or where it is: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param keyPrefix what every key of ours begins with; the same on all nodes that share a database. Braces would decide on which
 *     node of a cluster a record is (Redis Cluster specification, "hash tags")
 */
public record RedisConfiguration(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix) {

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
