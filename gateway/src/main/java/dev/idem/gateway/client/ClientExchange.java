package dev.idem.gateway.client;

import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.http.memory.BodyReservation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The client's side of an exchange. Belongs to one request.
 *
 * @param callback called once, when the response has been sent or cannot be sent
 */
public record ClientExchange(Request request, Response response, Callback callback) {
    private static final String ROOM = BodyReservation.class.getName();

    /** The same, with the reservation for the buffered request and response. It is released with the response. */
    public ClientExchange heldIn(BodyReservation reservation) {
        request.setAttribute(ROOM, reservation);
        return then(reservation::release);
    }

    /**
     * Called when the response is about to be sent: a client that has received it may send its next request at once,
     * and needs the memory.
     */
    public void answerIs(int bytes) {
        if (request.getAttribute(ROOM) instanceof BodyReservation reservation) {
            reservation.shrink(bytes);
        }
    }

    /**
     * Sends the whole response, which does not need the rest of the request's body. What has arrived of that is read
     * away. If more is to come, the response tells the client that the connection is closed.
     */
    public void answerEarly(ByteBuffer answer) {
        if (!request.consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        answerIs(answer.remaining());
        response.write(true, answer, callback);
    }

    /** The same, with another action that runs once, after the response. */
    public ClientExchange then(Runnable more) {
        AtomicBoolean answered = new AtomicBoolean();
        return new ClientExchange(request, response, Callback.from(callback, () -> {
            if (answered.compareAndSet(false, true)) {
                more.run();
            }
        }));
    }

    /** The target as the client sent it: path and query, byte for byte. */
    public String target() {
        return request.getHttpURI().getPathQuery();
    }

    /** Whether the request has been waiting for the client for at least this long. */
    boolean keepsWaiting(Duration least) {
        return request instanceof RateCheckedRequest paced && paced.keepsWaiting(least);
    }

    /** Whether the request announces a body. One of HTTP/2 without a body has the length 0. */
    public boolean hasBody() {
        long length = request.getLength();
        return length > 0
                || (length < 0
                        && (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                                || request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2));
    }
}
