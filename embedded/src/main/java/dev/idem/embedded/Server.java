package dev.idem.embedded;

import java.io.IOException;
import java.util.Optional;

/** One server on one directory of its own. Does not decide who may start or stop it: see {@link ServerHandle}. */
interface Server {

    /** A file name for what it is: {@code redis} or {@code postgres}. */
    String kind();

    /** What people call it, for messages. */
    String name();

    /** Looks, and never starts anything. Present only for a server that proved to be this directory's and answers. */
    Optional<RunningServer> running();

    /**
     * Ends what is left of an earlier server on the directory, then starts a new one, on the earlier port if that is
     * free.
     *
     * @throws IOException if a file cannot be read or written
     * @throws EmbeddedServerException if the server does not start
     */
    RunningServer start() throws IOException;

    /** Stops cleanly; by force if it does not stop in time. Returns once the process is gone. */
    void stop(RunningServer running);
}
