package dev.idem.service.config;

import dev.idem.core.connect.RedisTarget;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis} section.
 *
 * @param url {@code embedded}, or where it is: see {@link RedisTarget#parse}
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}
 * @param keyPrefix what every key of ours begins with
 */
public record RedisConfiguration(
        @Nullable String url,
        @Nullable String mode,
        @Nullable String keyPrefix) {

    public RedisConfiguration {
        RedisTarget.parse(url == null ? "embedded" : url, mode);
    }

    public RedisTarget target() {
        return RedisTarget.parse(url == null ? "embedded" : url, mode);
    }

    public String keyPrefixOrDefault() {
        return keyPrefix == null ? "idem:" : keyPrefix;
    }
}
