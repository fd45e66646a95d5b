package dev.idem.embedded.process;

import java.io.IOException;
import java.util.Optional;

/** One server with its own directory. {@link ServerHandle} decides which process may start or stop it. */
public interface Server {

    /** A file name for the kind of server: {@code redis} or {@code postgres}. */
    String kind();

    /** The product's name, for messages. */
    String name();

    /** Finds the running server; never starts one. Empty unless a server responds and proves that it is this directory's. */
    Optional<RunningServer> running();

    /**
     * Ends the remaining processes of an earlier server of the directory, and starts a new one, on the earlier port if it is
     * free.
     *
     * @throws IOException if a file cannot be read or written
     * @throws EmbeddedServerException if the server does not start
     */
    RunningServer start() throws IOException;

    /** Stops cleanly; by force if it does not stop in time. Returns once the process is gone. */
    void stop(RunningServer running);
}
