package dev.idem.embedded.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server, and whether this process may stop it. */
public final class ServerHandle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerHandle.class);

    /** Longer than any start takes, so that a process that waits for another owner's start sees the result. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Server server;
    private volatile RunningServer running;
    private final Optional<OwnerLock> ownership;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ServerHandle(Server server, RunningServer running, Optional<OwnerLock> ownership) {
        this.server = server;
        this.running = running;
        this.ownership = ownership;
    }

    /** Starts the server if none runs. Becomes its owner if it has none, and shares it otherwise. */
    public static ServerHandle startOrAdopt(Server server, DataDirectory data, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        do {
            Optional<ServerHandle> handle = attempt(server, data);
            if (handle.isPresent()) {
                return handle.get();
            }
        } while (deadline.pause());
        throw new EmbeddedServerException(
                server.name() + " does not answer, and another process owns it: stop that one first");
    }

    public static Optional<ServerHandle> running(Server server) {
        return server.running().map(running -> new ServerHandle(server, running, Optional.empty()));
    }

    private static Optional<ServerHandle> attempt(Server server, DataDirectory data) {
        try {
            Optional<OwnerLock> lock = OwnerLock.tryAcquire(data.path(), server.kind() + ".lock");
            boolean handedOver = false;
            try {
                Optional<RunningServer> running = server.running();
                if (running.isEmpty() && lock.isPresent()) {
                    running = Optional.of(server.start());
                    LOG.info("{} started on {}", server.name(), running.get());
                } else if (running.isPresent()) {
                    LOG.info(
                            "{} found on {}, {}",
                            server.name(),
                            running.get(),
                            lock.isPresent() ? "adopted" : "shared");
                }
                handedOver = running.isPresent();
                return running.map(found -> new ServerHandle(server, found, lock));
            } finally {
                if (!handedOver && lock.isPresent()) {
                    lock.get().close();
                }
            }
        } catch (IOException e) {
            throw new EmbeddedServerException(server.name() + " could not be started: " + e, e);
        }
    }

    public RunningServer server() {
        return running;
    }

    /**
     * Starts the server again if its process has ended and this process owns it. Clients keep their address.
     *
     * @return whether it was started
     * @throws EmbeddedServerException if it does not start, or its port is taken
     */
    public synchronized boolean restartIfEnded() {
        if (ownership.isEmpty() || closed.get() || !Processes.isGone(running.process())) {
            return false;
        }
        try {
            RunningServer next = server.start();
            if (next.port() != running.port()) {
                server.stop(next);
                throw new EmbeddedServerException(server.name() + " ended, and another process has taken its port");
            }
            running = next;
            LOG.warn("{} had ended, and was started again on {}", server.name(), next);
            return true;
        } catch (IOException e) {
            throw new EmbeddedServerException(server.name() + " ended and cannot be started again: " + e, e);
        }
    }

    public boolean isOwner() {
        return ownership.isPresent();
    }

    @Override
    public synchronized void close() {
        if (ownership.isEmpty() || closed.getAndSet(true)) {
            return;
        }
        try {
            server.stop(running);
            LOG.info("{} stopped", server.name());
        } finally {
            release(ownership.get());
        }
    }

    private void release(OwnerLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new EmbeddedServerException(server.name() + ": its lock could not be released", e);
        }
    }
}
