package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.servlet.BufferedResponseStream;
import dev.idem.dropwizard.servlet.DirectResponse;
import dev.idem.http.decision.Decision;
import io.dropwizard.jersey.errors.ErrorMessage;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a method writes to the servlet response itself, beside or instead of what it returns. It is stored before it is sent, as
 * everything else. Not thread-safe.
 */
final class DirectAnswer {
    private static final byte[] NO_BODY = {};
    private static final Annotation[] NONE = {};

    private final DirectResponse response;
    private final long most;
    private @Nullable BufferedResponseStream body;
    private volatile Map<String, List<String>> leftHeaders = Map.of();
    private Optional<Decision.Answered> instead = Optional.empty();

    /** @param most bytes of a body that are stored */
    DirectAnswer(DirectResponse response, long most) {
        this.response = response;
        this.most = most;
    }

    /**
     * The method is entered, or its answer is written.
     *
     * @param tooLarge ends the lease of a request with this status whose body is too large; returns what the client gets instead
     * @param streams called when nothing is buffered any more
     */
    void begin(IntFunction<Optional<Decision.Answered>> tooLarge, Runnable streams) {
        response.capture(() -> {
            BufferedResponseStream buffer =
                    new BufferedResponseStream(response.client(), most, () -> overflow(tooLarge), streams);
            body = buffer;
            return buffer;
        });
    }

    /** The client gets another answer, while the method may still write to this one. */
    void leave() {
        leftHeaders = response.headers();
        response.leave();
        body = null;
    }

    boolean isLeft() {
        return response.isLeft();
    }

    /** Whether the method has written, or sent a head, to a response that nobody gets. */
    boolean isLost() {
        return response.isLost();
    }

    private Optional<byte[]> overflow(IntFunction<Optional<Decision.Answered>> tooLarge) {
        instead = tooLarge.apply(response.getStatus());
        response.commit();
        if (instead.isEmpty()) {
            response.announceLength();
        }
        return instead.map(other -> NO_BODY); // it is written when the method has ended
    }

    /**
     * The method has ended. What it has sent decides the head; a body that was only begun leaves that to Jersey, except that 204
     * has none.
     *
     * @param thrown whether it has failed: what was not sent before counts for nothing
     */
    void end(ContainerResponseContext returned, boolean thrown) {
        response.end();
        if (thrown && !hasOverflown()) {
            body = null;
        } else if (response.sentStatus().isPresent()) {
            returned.setStatus(response.sentStatus().getAsInt());
            returned.getHeaders().keySet().removeIf(this::isSent);
            response.errorMessage()
                    .filter(message -> returned.getStatus() >= 400 && !returned.hasEntity())
                    .ifPresent(message -> returned.setEntity(
                            new ErrorMessage(returned.getStatus(), message), NONE, MediaType.APPLICATION_JSON_TYPE));
        } else if (hasBody() && returned.getStatus() == Response.Status.NO_CONTENT.getStatusCode()) {
            returned.setStatus(response.getStatus());
        }
    }

    private boolean isSent(String header) {
        return headers().containsKey(header) && !header.equalsIgnoreCase(HttpHeaders.SET_COOKIE);
    }

    /** The answer is written: returns what was written beside it. */
    byte[] beside() {
        response.end();
        return body();
    }

    private boolean hasOverflown() {
        return body != null && body.hasOverflown();
    }

    boolean hasBody() {
        return body().length > 0;
    }

    /** What is to be stored of it. */
    byte[] body() {
        return body == null ? NO_BODY : body.bytes();
    }

    Map<String, List<String>> headers() {
        return isLeft() ? leftHeaders : response.headers();
    }

    /** What the client gets instead of a body that was too large, if anything. */
    Optional<Decision.Answered> instead() {
        return instead;
    }

    /** The client gets another answer. */
    void takeBack() {
        response.removeHeaders();
        body = null;
    }

    /** Sends the body with the head of what the method has returned, before Jersey writes what else it has returned. */
    void send(ContainerResponseContext returned) throws IOException {
        HttpServletResponse server = response.server();
        if (hasBody()) {
            writeHead(returned, server);
            server.getOutputStream().write(body());
        }
        if (hasBody() || hasOverflown()) {
            server.flushBuffer(); // Jersey would replace an error's body by the server's own page, or announce
            // another length
        }
    }

    private void writeHead(ContainerResponseContext returned, HttpServletResponse server) {
        server.setStatus(returned.getStatus());
        returned.getStringHeaders().forEach((name, values) -> {
            Iterator<String> each = values.iterator();
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                return; // that of the body counts
            }
            if (each.hasNext() && !name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)) {
                server.setHeader(name, each.next());
            }
            each.forEachRemaining(value -> server.addHeader(name, value));
        });
        if (!returned.hasEntity()) {
            server.setContentLength(body().length);
        }
    }
}
