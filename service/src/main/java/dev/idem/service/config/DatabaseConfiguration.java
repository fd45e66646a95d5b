package dev.idem.service.config;

import dev.idem.dropwizard.pool.BoundedConnections;
import dev.idem.postgres.connect.DatabaseTarget;
import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code database} section.
 *
 * @param url {@code embedded} or a URL: see {@link DatabaseTarget#parse}
 * @param poolSize the most connections of this process's requests, 1 to 1,000; heartbeats and the watch over the stores have four more
 * @param timeout how long a login, a list, and each step of a protected request wait for PostgreSQL's answer, 100ms to 5s; 2500ms by default
 */
public record DatabaseConfiguration(
        @Nullable String url,
        @Nullable Integer poolSize,
        @Nullable Duration timeout) {
    private static final java.time.Duration SHORTEST = java.time.Duration.ofMillis(100);
    private static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(5);
    private static final int DEFAULT_POOL_SIZE = 32;

    public DatabaseConfiguration {
        DatabaseTarget.parse(url == null ? "embedded" : url);
        if (poolSize != null && (poolSize < 1 || poolSize > 1_000)) {
            throw new IllegalArgumentException("database.poolSize must be 1 to 1000, not " + poolSize);
        }
        if (timeout != null
                && (timeout.toJavaDuration().compareTo(SHORTEST) < 0
                        || timeout.toJavaDuration().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("database.timeout must be 100ms to 5s, not " + timeout);
        }
    }

    public DatabaseTarget target() {
        return DatabaseTarget.parse(url == null ? "embedded" : url);
    }

    public int poolSizeOrDefault() {
        return poolSize == null ? DEFAULT_POOL_SIZE : poolSize;
    }

    public java.time.Duration timeoutOrDefault() {
        return timeout == null ? BoundedConnections.USUAL_BOUND : timeout.toJavaDuration();
    }

    /** The URL may contain a password. */
    @Override
    public String toString() {
        return target().describe();
    }
}
