package dev.idem.dropwizard.lifetime;

import dev.idem.core.background.OutOfMemoryExit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time for which the server serves a request. It ends with the answer, or when the client has gone, which Jersey is not told. Work
 * for the request may go on after that. Thread-safe.
 */
public final class Lifetime {
    static final String ATTRIBUTE = Lifetime.class.getName();
    private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();
    private final Deque<Runnable> missing = new ConcurrentLinkedDeque<>();
    private final HttpServletResponse response;
    private volatile @Nullable HttpServletRequest request;
    private volatile boolean over;

    /** @param unheard a response that nobody gets */
    Lifetime(HttpServletResponse unheard) {
        response = unheard;
    }

    /** Empty for a request that did not come through {@link LifetimeFilter}. */
    public static Optional<Lifetime> of(ContainerRequestContext request) {
        return Optional.ofNullable((Lifetime) request.getProperty(ATTRIBUTE));
    }

    /** Whether the server serves the request no more. */
    public boolean isOver() {
        return over;
    }

    /** @throws EofException if the server serves the request no more, as if its client had gone */
    void require() throws EofException {
        if (over) {
            throw new EofException("the request has ended");
        }
    }

    /** Whether the request has outlasted the call of its servlet, to be answered later. */
    public boolean isSuspended() {
        return request != null;
    }

    /** Runs an action once at the end, or at once if that has come. */
    public void then(Runnable action) {
        actions.add(action);
        if (over) {
            run(actions);
        }
    }

    /** Runs an action once when the request has ended and is asked for what it cannot tell any more. */
    public void whenMissed(Runnable action) {
        missing.add(action);
    }

    /** What the request has shown of itself until it was suspended; empty if it is not. */
    public Optional<HttpServletRequest> afterwards() {
        return Optional.ofNullable(request);
    }

    /** A response that nobody gets. */
    public HttpServletResponse unheard() {
        return response;
    }

    void suspend(HttpServletRequest shown) {
        request = shown;
    }

    void miss() {
        run(missing);
    }

    void end() {
        over = true;
        run(actions);
    }

    private static void run(Deque<Runnable> actions) {
        for (Runnable next = actions.poll(); next != null; next = actions.poll()) {
            try {
                next.run();
            } catch (Throwable e) {
                OutOfMemoryExit.haltAfter(e);
                log.error("an action at the end of a request failed", e); // the others run all the same
            }
        }
    }
}
