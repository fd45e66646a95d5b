package dev.idem.dropwizard.late;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.filter.ProtectedRequest;
import dev.idem.dropwizard.lifetime.Lifetime;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.servlet.ServletObjects;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.policy.RoutePolicy;
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
final class LateWork implements LateAnswers.Unanswered {
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

    /** Takes it over from the request, while that is unanswered. */
    static LateWork of(
            RequestProcessingContext context,
            Optional<ProtectedRequest> executing,
            Optional<RequestTransaction> transaction) {
        LateRequest request = new LateRequest(context.request());
        transaction.ifPresent(begun -> begun.moveTo(request));
        Optional<ProtectedRequest> moved = executing.map(begun -> begun.moveTo(request));
        ServletObjects objects = ServletObjects.after(Lifetime.of(context.request()));
        return new LateWork(request, new LateResponse(context, objects, request), moved);
    }

    @Override
    public Duration bound() {
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
            } catch (Throwable e) {
                OutOfMemoryExit.haltAfter(e);
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

    @Override
    public void giveUp() {
        end(() -> {
            executing.ifPresent(moved -> moved.lease().holdUnanswered());
            RequestTransaction.of(request).ifPresent(RequestTransaction::abort);
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
