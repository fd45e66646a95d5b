package dev.idem.dropwizard.lifetime;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * The time for which the server serves a request. It ends with the answer, or when the client has gone, which Jersey is not told. Work
 * for the request may go on after that. Thread-safe.
 */
public final class Lifetime {
    static final String ATTRIBUTE = Lifetime.class.getName();

    private final EndActions actions = new EndActions();
    private final EndActions missing = new EndActions();
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
        actions.addLast(action);
        if (over) {
            actions.run();
        }
    }

    /** Runs an action once when the request has ended and is asked for what it cannot tell any more. */
    public void whenMissed(Runnable action) {
        missing.addLast(action);
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
        missing.run();
    }

    void end() {
        over = true;
        actions.run();
    }
}
