package dev.idem.admin.command.upkeep;

import dev.idem.admin.session.Session;
import org.jspecify.annotations.Nullable;

/** Tells how to go on with a long command that ends early: by a failure, or because it was stopped. Thread-safe. */
final class ResumeHint implements AutoCloseable {
    private final String command;
    private final Session session;
    private final Thread whenStopped = new Thread(this::tell, "resume-hint");
    private @Nullable String place;

    /** @param command a command line that goes on, up to the place */
    ResumeHint(String command, Session session) {
        this.command = command;
        this.session = session;
        Runtime.getRuntime().addShutdownHook(whenStopped);
    }

    synchronized void reached(String next) {
        place = next;
    }

    /** Nothing is left to do. */
    synchronized void done() {
        place = null;
    }

    private synchronized void tell() {
        if (place != null) {
            session.warn("It has not come to its end. Go on with: " + command + place);
            place = null;
        }
    }

    @Override
    public void close() {
        tell();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(whenStopped);
        } catch (IllegalStateException stopping) {
            // the process is being stopped, and the hook has told
        }
    }
}
