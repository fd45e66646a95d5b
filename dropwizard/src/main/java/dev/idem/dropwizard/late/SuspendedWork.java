package dev.idem.dropwizard.late;

import dev.idem.core.background.OutOfMemoryExit;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of a request that is answered later. The answer of a timeout says nothing of it: the client gets that answer, and the work
 * goes on as {@link LateWork} until it answers, or for as long as {@link LateAnswers} wait. Thread-safe: of an answer and a timeout
 * that come at the same time, one is the first.
 */
final class SuspendedWork {
    private static final TimeoutHandler DEFAULT = response -> {
        throw new ServiceUnavailableException();
    };

    private enum State {
        UNANSWERED,
        ANSWERED,
        LATE
    }

    private final AsyncResponse jersey;
    private final Supplier<LateWork> rest;
    private final LateAnswers answers;
    private volatile TimeoutHandler handler = DEFAULT;
    private volatile @Nullable Thread timingOut;
    private State state = State.UNANSWERED;
    private @Nullable LateWork late;

    /** @param rest what outlives the request; asked once */
    SuspendedWork(AsyncResponse jersey, Supplier<LateWork> rest, LateAnswers answers) {
        this.jersey = jersey;
        this.rest = rest;
        this.answers = answers;
        jersey.setTimeoutHandler(response -> timeOut());
    }

    /** What the resource method gets. */
    AsyncResponse response() {
        return new SuspendedResponse(jersey, this, false);
    }

    void onTimeout(TimeoutHandler application) {
        handler = application;
    }

    private void timeOut() {
        timingOut = Thread.currentThread();
        try {
            handler.handleTimeout(new SuspendedResponse(jersey, this, true));
        } catch (Throwable thrown) {
            OutOfMemoryExit.haltAfter(thrown);
            boolean unused = answer(true, thrown, () -> jersey.resume(thrown));
        } finally {
            timingOut = null;
        }
    }

    /**
     * Answers the client, or if a timeout has already done so, the request's repeats.
     *
     * @param byTimeout whether a timeout answers
     * @param inTime answers the client
     * @return whether the client gets this answer
     */
    boolean answer(boolean byTimeout, Object answer, BooleanSupplier inTime) {
        if (isTimeout(byTimeout)) {
            return outlives() && inTime.getAsBoolean();
        }
        @Nullable LateWork answered = take();
        if (answered != null) {
            answers.ended(answered);
            answered.answer(answer);
        }
        return isInTime() && inTime.getAsBoolean();
    }

    /** The same for an answer without content. After a timeout it says nothing, so the work may still answer. */
    boolean cancel(boolean byTimeout, BooleanSupplier inTime) {
        if (isTimeout(byTimeout)) {
            return outlives() && inTime.getAsBoolean();
        }
        synchronized (this) {
            state = state == State.UNANSWERED ? State.ANSWERED : state;
        }
        return inTime.getAsBoolean();
    }

    private boolean isTimeout(boolean byTimeout) {
        return byTimeout || Thread.currentThread() == timingOut;
    }

    /**
     * Lets the work outlive its request, whose client gets another answer.
     *
     * @return false if there is an answer already
     */
    synchronized boolean outlives() {
        if (state != State.UNANSWERED) {
            return false;
        }
        LateWork begun = rest.get();
        state = State.LATE;
        late = begun;
        answers.await(begun);
        return true;
    }

    private synchronized boolean isInTime() {
        return state != State.LATE;
    }

    /** The late work that an answer ends; null if the client gets this answer, or if it is not the first. */
    private synchronized @Nullable LateWork take() {
        if (state == State.UNANSWERED) {
            state = State.ANSWERED;
            return null;
        }
        @Nullable LateWork taken = late;
        late = null;
        return taken;
    }
}
