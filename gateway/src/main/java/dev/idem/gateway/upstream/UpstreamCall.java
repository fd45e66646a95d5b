package dev.idem.gateway.upstream;

import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to an upstream: when it is given up, and what a failure of it means. Each call ends once, and no later than its
 * deadline says, whatever the client library makes of it.
 */
public final class UpstreamCall {
    /** What takes long does so for its client's sake, too; a breaker that counted it would be opened by clients. */
    private static final long HOWEVER_SLOW = 0;

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /** How long the client library may take to end what it is told to give up. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Request request;
    private final CircuitBreaker breaker;
    private final Semaphore places;
    private final BooleanSupplier isFull;
    private final Scheduler scheduler;
    private final CallDeadline deadline;
    private final RequestDelivery departure;
    private final ResponseHeadLimit head;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Response.@Nullable Listener exchange;
    private volatile boolean answering;

    /** @param isFull whether requests wait for each other's connections */
    UpstreamCall(
            Request request,
            CircuitBreaker breaker,
            Semaphore places,
            BooleanSupplier isFull,
            Scheduler scheduler,
            Duration timeout) {
        this.request = request;
        this.breaker = breaker;
        this.places = places;
        this.isFull = isFull;
        this.scheduler = scheduler;
        this.deadline = new CallDeadline(scheduler, timeout, this::giveUp);
        this.departure = new RequestDelivery(request);
        this.head = new ResponseHeadLimit(request.getMethod());
        request.onRequestHeaders(UpstreamCall::refuseTooLarge);
        request.onResponseBegin(response -> abortFor(head.begin(response.getStatus())));
        request.onResponseHeader((response, field) -> {
            abortFor(head.add(field));
            return true;
        });
        request.idleTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        deadline.begin();
    }

    private static void refuseTooLarge(Request ready) {
        if (RequestHeadLimit.isExceededBy(ready)) {
            var unused = ready.abort(new HeadTooLargeException());
        }
    }

    private void abortFor(Optional<Exception> flaw) {
        flaw.ifPresent(cause -> {
            var unused = request.abort(cause);
        });
    }

    /** To be completed with headers and a body. */
    public Request request() {
        return request;
    }

    /** Once it has a connection, the upstream may take as long as it likes, if only it goes on taking or saying something. */
    public void streams() {
        request.onRequestBegin(now -> deadline.ofSilence());
        request.onRequestContent((now, content) -> deadline.moved());
    }

    /** The same from now on. */
    public void isStreaming() {
        deadline.ofSilence();
    }

    /**
     * @param listener is told of the answer's head and content, and at the end, once, that it is complete: then it calls one of
     *     {@link #answered}, {@link #dropped} and {@link #failed}
     */
    public void send(Response.Listener listener) {
        exchange = listener;
        try {
            request.send(new Guarded(listener));
        } catch (RuntimeException e) {
            if (!end()) {
                log.warn("a request that has ended could not be sent", e);
                return;
            }
            breaker.releasePermission();
            throw e;
        }
    }

    /** Whether it had a connection, and not a byte of it has left or been looked at: it may be sent once more, whatever it does. */
    public boolean neverLeft(Throwable cause) {
        return departure.hasNot(cause);
    }

    /**
     * The same, or its connection ended before an answer began: an upstream may end one that has been idle just as it is used. What
     * changes nothing may be sent once more then.
     */
    public boolean endedUnused(Throwable cause) {
        return neverLeft(cause) || (head.status() == 0 && departure.kindOf(cause) == Kind.BROKEN);
    }

    /** An answer has begun that may take for ever: it counts as one now, so that nobody waits for its end to learn that. */
    public void isAnswering() {
        answering = true;
        breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
    }

    /** An answer has come, whatever it says. */
    public void answered() {
        if (!answering) {
            breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
        }
    }

    /** It ended in a way that says nothing about the upstream: its client has hung up, or it will be sent once more. */
    public void dropped() {
        if (!answering) {
            breaker.releasePermission();
        }
    }

    /** No answer will come that could go on. */
    public UpstreamFailure failed(Throwable cause) {
        if (head.isTooLarge(cause)) {
            answered();
            return new UpstreamFailure(Kind.BROKEN, cause, OptionalInt.of(head.status()));
        }
        UpstreamFailure failure = new UpstreamFailure(departure.kindOf(cause), cause);
        if (answering) {
            return failure; // counted when it began
        }
        if (failure.kind() == Kind.BUSY || failure.kind() == Kind.HEAD_TOO_LARGE) {
            breaker.releasePermission();
        } else {
            breaker.onError(HOWEVER_SLOW, TimeUnit.NANOSECONDS, cause);
        }
        return failure;
    }

    /** Once, for whoever comes first. */
    private boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        deadline.met();
        places.release();
        return true;
    }

    private void giveUp() {
        departure.isTooLate(isFull.getAsBoolean());
        TimeoutException late = new TimeoutException("no answer in time");
        abortFor(Optional.of(late));
        if (!ended.get()) {
            var unused = scheduler.schedule(() -> endAnyway(late), GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endAnyway(TimeoutException late) {
        if (!end()) {
            return;
        }
        log.warn("a request to {} has not ended when it was given up; it is left", request.getURI());
        if (request.getConnection() instanceof UpstreamConnection connection) {
            connection.close();
        }
        Response.@Nullable Listener told = exchange;
        if (told == null) {
            breaker.releasePermission(); // it was never sent
        } else {
            told.onComplete(new Result(request, late, null, late));
        }
    }

    /** Hears nothing any more after the end. */
    private final class Guarded implements Response.Listener {
        private final Response.Listener listener;
        private long received;

        Guarded(Response.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onHeaders(Response response) {
            if (!ended.get()) {
                deadline.moved();
                listener.onHeaders(response);
            }
        }

        @Override
        public void onContent(Response response, Content.Chunk chunk, Runnable demander) throws Exception {
            if (!ended.get()) {
                deadline.moved();
                received += chunk.remaining();
                listener.onContent(response, chunk, demander);
            }
        }

        @Override
        public void onComplete(Result result) {
            if (end()) {
                boolean isWhole = result.isFailed() || head.isOf(received);
                listener.onComplete(
                        isWhole
                                ? result
                                : new Result(result, new ProtocolException("a body of " + received + " bytes")));
            }
        }
    }
}
