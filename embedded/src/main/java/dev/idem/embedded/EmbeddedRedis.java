package dev.idem.embedded;

import dev.idem.embedded.process.DataDirectory;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.Server;
import dev.idem.embedded.process.ServerHandle;
import dev.idem.embedded.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A Redis on loopback whose data lies in {@code redis} of a data directory and survives restarts, at most the last
 * second excepted if it is killed. It does not start again by itself. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private final ServerHandle handle;

    private EmbeddedRedis(ServerHandle handle) {
        this.handle = handle;
    }

    /**
     * Adopts the server that a dead process left running on this directory, shares the one that a living process
     * started, or starts one.
     *
     * @throws EmbeddedServerException if there is none and none can be started
     */
    public static EmbeddedRedis startOrAdopt(Path dataDir) {
        return startOrAdopt(dataDir, ServerHandle.PATIENCE);
    }

    /**
     * As {@link #startOrAdopt(Path)}.
     *
     * @param patience how long to wait for a living owner whose server does not answer (it may be starting just now)
     */
    public static EmbeddedRedis startOrAdopt(Path dataDir, Duration patience) {
        DataDirectory data = DataDirectory.create(dataDir);
        return new EmbeddedRedis(ServerHandle.startOrAdopt(server(data), data, patience));
    }

    /** The server that runs on this directory, if any. Never starts one, and closing the result leaves it running. */
    public static Optional<EmbeddedRedis> running(Path dataDir) {
        return DataDirectory.existing(dataDir)
                .flatMap(data -> ServerHandle.running(server(data)))
                .map(EmbeddedRedis::new);
    }

    private static Server server(DataDirectory data) {
        return new RedisServer(data.resolve(RedisServer.KIND), true);
    }

    /** {@code redis://:PASSWORD@127.0.0.1:PORT}: not for logs. */
    public String url() {
        return handle.server().url();
    }

    public int port() {
        return handle.server().port();
    }

    public long pid() {
        return handle.server().process().pid();
    }

    /** Whether {@link #close} stops the server: it was started or adopted, not shared. */
    public boolean isOwner() {
        return handle.isOwner();
    }

    /**
     * Starts the server again, on the same port, if its process has ended and this process owns it.
     *
     * @return whether it was started
     * @throws EmbeddedServerException if it does not start
     */
    public boolean restartIfEnded() {
        return handle.restartIfEnded();
    }

    /** Stops the server if this process owns it; returns once its data is safe and its process is gone. */
    @Override
    public void close() {
        handle.close();
    }

    /** Where it listens, without the password. */
    @Override
    public String toString() {
        return "Redis on " + handle.server();
    }
}
