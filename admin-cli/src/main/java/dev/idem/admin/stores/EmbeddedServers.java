package dev.idem.admin.stores;

import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import dev.idem.embedded.EmbeddedServerException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The embedded servers of a data directory: the service's own while it runs, else started for as long as this is open.
 * Never creates the data directory: that is the service's to do. Thread-safe.
 */
final class EmbeddedServers implements AutoCloseable {
    /** For a service that is just starting its servers; one whose server died is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path dataDirectory;
    private final PrintWriter notices;
    private final Closing opened = new Closing();

    EmbeddedServers(Path dataDirectory, PrintWriter notices) {
        this.dataDirectory = dataDirectory;
        this.notices = notices;
    }

    /** A URL with its password. */
    synchronized String redisUrl() {
        requireDataOf(RedisAccess.NAME, "redis", "REDIS_URL");
        try {
            EmbeddedRedis redis = EmbeddedRedis.running(dataDirectory)
                    .orElseGet(() -> EmbeddedRedis.startOrAdopt(dataDirectory, PATIENCE));
            announce("Redis", redis.isOwner());
            return opened.closeLater(redis).url();
        } catch (EmbeddedServerException e) {
            throw new StoreException(RedisAccess.NAME + ": " + e.getMessage(), e);
        }
    }

    /** A URL with user and password. */
    synchronized String jdbcUrl() {
        requireDataOf(DatabaseAccess.NAME, "postgres", "DATABASE_URL");
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.running(dataDirectory)
                    .orElseGet(() -> EmbeddedPostgres.startOrAdopt(dataDirectory, PATIENCE));
            announce("PostgreSQL", postgres.isOwner());
            return opened.closeLater(postgres).jdbcUrl();
        } catch (EmbeddedServerException e) {
            throw new StoreException(DatabaseAccess.NAME + ": " + e.getMessage(), e);
        }
    }

    private void announce(String server, boolean started) {
        if (started) {
            notices.println("The embedded " + server + " was not running: started it for this command.");
            notices.flush();
        }
    }

    private void requireDataOf(String store, String subdirectory, String variable) {
        if (!Files.isDirectory(dataDirectory.resolve(subdirectory))) {
            throw new StoreException(store + ": there is no embedded data in "
                    + dataDirectory.toAbsolutePath().normalize() + ": start the service once, or set DATA_DIR to its"
                    + " data directory, or " + variable + " to the server to ask.");
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
