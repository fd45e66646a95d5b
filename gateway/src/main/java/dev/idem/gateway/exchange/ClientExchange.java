package dev.idem.gateway.exchange;

import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.http.memory.BodyReservation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The client's side of an exchange. Belongs to one request.
 *
 * @param callback called once, when the answer has been sent or cannot be
 */
public record ClientExchange(Request request, Response response, Callback callback) {
    private static final String ROOM = BodyReservation.class.getName();

    /** What is held of the request and its answer counts there, until it has been answered. */
    ClientExchange heldIn(BodyReservation room) {
        request.setAttribute(ROOM, room);
        return then(room::release);
    }

    /** The answer is known, and is about to be sent: a client that has had it may have its next request here at once. */
    void answerIs(int bytes) {
        if (request.getAttribute(ROOM) instanceof BodyReservation room) {
            room.shrink(bytes);
        }
    }

    /** The same, with something more to do when it has been answered, once. */
    ClientExchange then(Runnable more) {
        AtomicBoolean answered = new AtomicBoolean();
        return new ClientExchange(request, response, Callback.from(callback, () -> {
            if (answered.compareAndSet(false, true)) {
                more.run();
            }
        }));
    }

    /** The target as it was sent: path and query, byte for byte. */
    public String target() {
        return request.getHttpURI().getPathQuery();
    }

    /** Whether it is the client that is waited for, and has been for so long, to go on with its request. */
    boolean keepsWaiting(Duration least) {
        return request instanceof RateCheckedRequest paced && paced.keepsWaiting(least);
    }

    /** Whether one is announced. */
    public boolean hasBody() {
        long length = request.getLength();
        return length > 0
                || (length < 0 && request.getHeaders().contains(org.eclipse.jetty.http.HttpHeader.TRANSFER_ENCODING));
    }
}
