package dev.idem.dropwizard.late;

import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.filter.ProtectedRequest;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.servlet.ServletObjects;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.policy.RoutePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of a request that a timeout has answered: its lease, and the transaction of an atomic method. It ends once, with the
 * method's answer or without. Thread-safe.
 */
final class LateWork {
    private static final Logger log = LoggerFactory.getLogger(LateWork.class);

    private final LateRequest request;
    private final LateResponse response;
    private final Optional<ProtectedRequest> executing;
    private final AtomicBoolean ended = new AtomicBoolean();

    private LateWork(LateRequest request, LateResponse response, Optional<ProtectedRequest> executing) {
        this.request = request;
        this.response = response;
        this.executing = executing;
    }

    /**
     * Takes it over from the request, while that is unanswered.
     *
     * @param end of the request; run here if its client has gone, since Jersey, which would wait for a connection, is not told
     */
    static LateWork of(
            RequestProcessingContext context,
            ServletObjects objects,
            Optional<ProtectedRequest> executing,
            Optional<RequestTransaction> transaction,
            Runnable end) {
        LateRequest request = new LateRequest(context.request());
        transaction.ifPresent(begun -> begun.moveTo(request));
        Optional<ProtectedRequest> moved = executing.map(begun -> begun.moveTo(request));
        if (RequestEnd.hasCome(context.request())) {
            end.run();
        }
        return new LateWork(request, new LateResponse(context, objects, request), moved);
    }

    /** How long to wait for an answer. */
    Duration bound() {
        return executing.map(moved -> moved.lease().lateAnswerWithin()).orElse(RoutePolicy.DEFAULT.lateAnswer());
    }

    /**
     * Stores the answer that the client would have got, and commits; or frees the key, as for any answer that is not stored.
     *
     * @param answer an entity, a {@link jakarta.ws.rs.core.Response} or a {@link Throwable}
     */
    void answer(Object answer) {
        end(() -> {
            try {
                executing.ifPresent(LateWork::reserve);
                response.send(answer);
            } catch (RuntimeException | IOException e) {
                log.error("a late answer could not be written", e);
                executing.ifPresent(moved -> moved.lease().answerLost());
            }
        });
    }

    private static void reserve(ProtectedRequest executing) {
        try {
            executing.reservation().reserveLateInTurn();
        } catch (BodyMemoryExhaustedException e) {
            log.warn("there is no memory for a late answer: its repeats are told that it is not stored");
            executing.lease().answerLost();
        }
    }

    /** No answer has come. */
    void giveUp() {
        end(() -> executing.map(ProtectedRequest::lease).ifPresent(LateWork::hold));
    }

    private static void hold(RequestLease lease) {
        lease.open().ifPresent(open -> {
            log.warn(
                    "{}: no answer has come since the timeout; its key is held, as it is unknown whether it took effect",
                    open.id());
            lease.hold();
        });
    }

    private void end(Runnable how) {
        if (ended.compareAndSet(false, true)) {
            try {
                how.run();
            } finally {
                RequestEnd.end(request);
            }
        }
    }
}
