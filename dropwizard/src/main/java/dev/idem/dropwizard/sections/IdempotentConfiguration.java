package dev.idem.dropwizard.sections;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A configuration with the sections {@code redis}, {@code database} and {@code idempotency}. The first two must be in the file; the
 * bundle says so where one is missing. Applications extend it.
 */
public class IdempotentConfiguration extends Configuration implements IdempotencySections {
    @JsonProperty
    private @Nullable RedisSection redis;

    @JsonProperty
    private @Nullable DatabaseSection database;

    @JsonProperty
    private @Nullable IdempotencyConfiguration idempotency;

    /** @throws IllegalStateException if the file has no such section */
    @Override
    public final RedisSection redis() {
        return present(redis, "redis", "redis://127.0.0.1:6379");
    }

    /** @throws IllegalStateException if the file has no such section */
    @Override
    public final DatabaseSection database() {
        return present(database, "database", "postgres://user:password@127.0.0.1/orders");
    }

    /** By default {@link IdempotencyConfiguration#defaults}. */
    @Override
    public final IdempotencyConfiguration idempotency() {
        return idempotency == null ? IdempotencyConfiguration.defaults() : idempotency;
    }

    private static <T> T present(@Nullable T section, String name, String url) {
        if (section == null) {
            throw new IllegalStateException("the configuration file has no section " + name + "; write for example `"
                    + name + ": { url: " + url + " }`");
        }
        return section;
    }
}
