package dev.idem.admin.stores;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import dev.idem.embedded.process.EmbeddedServerException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
            throw unavailable(RedisAccess.NAME, String.valueOf(e.getMessage()), "", e);
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
            throw unavailable(DatabaseAccess.NAME, String.valueOf(e.getMessage()), "", e);
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
            throw unavailable(
                    store,
                    "there is no embedded data in "
                            + dataDirectory.toAbsolutePath().normalize(),
                    "To use embedded servers, start the service once or set DATA_DIR to its data directory; else set "
                            + variable + " to the server.",
                    null);
        }
    }

    private static StoreUnavailableException unavailable(
            String store, String why, String advice, @Nullable Throwable cause) {
        return new StoreUnavailableException(store, UnavailableReason.OTHER, why, advice, cause);
    }

    @Override
    public void close() {
        opened.close();
    }
}
