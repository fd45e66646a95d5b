package dev.idem.dropwizard.lifetime;

import dev.idem.core.background.OutOfMemoryExit;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must happen once at the end of a request. An action that fails keeps no other from running. Thread-safe. */
public final class EndActions {
    private static final Logger log = LoggerFactory.getLogger(EndActions.class);

    private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();

    public void addFirst(Runnable action) {
        actions.addFirst(action);
    }

    void addLast(Runnable action) {
        actions.addLast(action);
    }

    /** Runs those that have not run yet. */
    public void run() {
        for (Runnable next = actions.poll(); next != null; next = actions.poll()) {
            try {
                next.run();
            } catch (Throwable e) {
                OutOfMemoryExit.haltAfter(e);
                log.error(
                        "an action at the end of a request failed",
                        e); // rethrown, it would keep the others from running
            }
        }
    }
}
