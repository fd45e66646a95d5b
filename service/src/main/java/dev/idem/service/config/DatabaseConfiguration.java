package dev.idem.service.config;

import dev.idem.postgres.connect.DatabaseTarget;
import org.jspecify.annotations.Nullable;

/**
 * The {@code database} section.
 *
 * @param url {@code embedded} or a URL: see {@link DatabaseTarget#parse}
 * @param poolSize the most connections of this process's requests, 1 to 1,000; heartbeats and the watch over the stores have four more
 */
public record DatabaseConfiguration(
        @Nullable String url, @Nullable Integer poolSize) {
    private static final int DEFAULT_POOL_SIZE = 32;

    public DatabaseConfiguration {
        DatabaseTarget.parse(url == null ? "embedded" : url);
        if (poolSize != null && (poolSize < 1 || poolSize > 1_000)) {
            throw new IllegalArgumentException("database.poolSize must be 1 to 1000, not " + poolSize);
        }
    }

    public DatabaseTarget target() {
        return DatabaseTarget.parse(url == null ? "embedded" : url);
    }

    public int poolSizeOrDefault() {
        return poolSize == null ? DEFAULT_POOL_SIZE : poolSize;
    }

    /** The URL may contain a password. */
    @Override
    public String toString() {
        return target().describe();
    }
}
