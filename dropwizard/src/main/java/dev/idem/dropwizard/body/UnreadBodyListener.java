package dev.idem.dropwizard.body;

import dev.idem.dropwizard.lifetime.LastingInput;
import dev.idem.dropwizard.lifetime.Lifetime;
import dev.idem.dropwizard.servlet.BodyRecording;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.HttpInput;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;

/**
 * Adds {@code Connection: close} to a response that is sent before the request's body was read, such as a refusal. The server
 * must close such a connection, and a client that is not told would send its next request into it (RFC 9112, sections 9.3 and
 * 9.6). If the rest of the body has already arrived, it is read away and the connection stays.
 */
public final class UnreadBodyListener implements ApplicationEventListener {
    private final Provider<HttpServletRequest> request;

    @Inject
    UnreadBodyListener(Provider<HttpServletRequest> request) {
        this.request = request;
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    /**
     * Not a filter: when a request fails after its response was sent, Jersey calls filters again. Then the server may already
     * have reused its request object for another request.
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
        if (Lifetime.of(event.getContainerRequest()).filter(Lifetime::isOver).isPresent()) {
            return; // nobody gets the response
        }
        Optional<BodyRecording> recording = BodyRecording.of(event.getContainerRequest());
        if (recording.filter(BodyRecording::isAtItsEnd).isPresent()) {
            return;
        }
        HttpServletRequest received = recording.flatMap(BodyRecording::received).orElseGet(request::get);
        // Reading would make a client that waits (100-continue) send the body after all.
        boolean isHeldBack = event.getContainerRequest().getHeaderString("Expect") != null;
        if (isHeldBack || !readAway(received)) {
            event.getContainerResponse().getHeaders().putSingle("Connection", "close");
        }
    }

    /** Whether the connection can stay open; true under another server than Jetty. */
    private static boolean readAway(HttpServletRequest received) {
        try {
            ServletInputStream body = received.getInputStream();
            ServletInputStream server = body instanceof LastingInput lasting ? lasting.server() : body;
            return !(server instanceof HttpInput input) || input.consumeAvailable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
