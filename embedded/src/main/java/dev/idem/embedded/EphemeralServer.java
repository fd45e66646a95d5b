package dev.idem.embedded;

import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.Processes;
import dev.idem.embedded.process.RunningServer;
import dev.idem.embedded.process.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A server that a test may kill, pause and restart. {@link #close}, or the end of the JVM, deletes its temporary directory. After
 * a kill of the JVM a later one deletes it. Thread-safe.
 */
public abstract sealed class EphemeralServer implements AutoCloseable permits EphemeralRedis, EphemeralPostgres {

    private final EphemeralDirectory directory;
    private final Server server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile RunningServer running;

    EphemeralServer(EphemeralDirectory directory, Server server) {
        this.directory = directory;
        this.server = server;
        try {
            this.running = start(server);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop " + server.name()));
    }

    private static RunningServer start(Server server) {
        try {
            return server.start();
        } catch (IOException e) {
            throw new EmbeddedServerException(server.name() + " could not be started: " + e, e);
        }
    }

    final RunningServer running() {
        return running;
    }

    public final int port() {
        return running.port();
    }

    /** Of the current process, or of the last one if it was stopped or killed. */
    public final long pid() {
        return running.process().pid();
    }

    /** Stops it cleanly, even if it is paused. */
    public final synchronized void stop() {
        resume();
        server.stop(running);
    }

    /** {@code kill -9}, to all of its processes; returns once they are gone. */
    public final synchronized void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> Processes.awaitExit(process, Duration.ofSeconds(10)));
    }

    /** Suspends all of its processes ({@code SIGSTOP}): connections stay open, but get no replies. */
    public final synchronized void pause() {
        processes().forEach(process -> signal("STOP", process));
    }

    /** Undoes {@link #pause}. */
    public final synchronized void resume() {
        processes().forEach(process -> signal("CONT", process));
    }

    /**
     * Starts it on the same port, stopping it first if it runs.
     *
     * @throws EmbeddedServerException if it does not start, or another process has taken the port
     */
    public final synchronized void restart() {
        int port = port();
        stop();
        running = start(server);
        if (port() != port) {
            throw new EmbeddedServerException(server.name() + ": somebody took port " + port);
        }
    }

    private void signal(String signal, ProcessHandle process) {
        try {
            // The shell's own kill: small images have no program of that name.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0 && !Processes.isGone(process)) {
                throw new EmbeddedServerException(server.name() + " could not be sent SIG" + signal);
            }
        } catch (IOException e) {
            throw new EmbeddedServerException(server.name() + " could not be sent SIG" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while sending SIG" + signal, e);
        }
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(running.process()), running.process().descendants())
                .filter(process -> !Processes.isGone(process))
                .toList();
    }

    @Override
    public final synchronized void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (directory) {
            stop();
        }
    }

    @Override
    public final String toString() {
        return server.name() + " on " + running;
    }
}
