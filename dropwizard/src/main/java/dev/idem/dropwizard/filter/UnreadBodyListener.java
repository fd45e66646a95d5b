package dev.idem.dropwizard.filter;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.HttpInput;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/**
 * Says {@code Connection: close} on an answer that is given before the request's body has come, as a refusal may be: the
 * server cannot use such a connection again, and a client that is not told sends its next request into the closing (RFC
 * 9112, sections 9.3 and 9.6). What has already come of the body is read away, and the connection kept.
 */
public final class UnreadBodyListener implements ApplicationEventListener {
    private static final String READ = UnreadBodyListener.class.getName() + ".read";

    private final Provider<HttpServletRequest> request;

    @Inject
    UnreadBodyListener(Provider<HttpServletRequest> request) {
        this.request = request;
    }

    /** Nothing of this request's body is left: the server need not be asked, which costs more than it seems. */
    static void wasReadToItsEnd(ContainerRequestContext request) {
        request.setProperty(READ, true);
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    /**
     * Not a filter: when a request has failed after its answer was sent, Jersey calls filters once more, and then the
     * server's request object, and the body, may already be another request's.
     */
    @Override
    public RequestEventListener onRequest(RequestEvent start) {
        AtomicBoolean answered = new AtomicBoolean();
        return event -> {
            if (event.getType() == RequestEvent.Type.RESP_FILTERS_FINISHED && !answered.getAndSet(true)) {
                answer(event);
            }
        };
    }

    private void answer(RequestEvent event) {
        if (event.getContainerRequest().getProperty(READ) != null) {
            return;
        }
        // Asked for the body, a client that waits with it (100-continue) would send it after all.
        boolean isHeldBack = event.getContainerRequest().getHeaderString("Expect") != null;
        if (isHeldBack || !readAway()) {
            event.getContainerResponse().getHeaders().putSingle("Connection", "close");
        }
    }

    /** Under another server than Jetty, the connection is that server's concern. */
    private boolean readAway() {
        try {
            ServletInputStream body = request.get().getInputStream();
            return !(body instanceof HttpInput input) || input.consumeAvailable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
