package dev.idem.gateway.upstream;

import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import dev.idem.gateway.upstream.connection.RequestHeadLimit;
import dev.idem.gateway.upstream.connection.UpstreamConnection;
import dev.idem.http.log.LoggedFailure;
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
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to an upstream: its deadline, and what its failure means. Each call ends once, no later than its
 * deadline, whatever the client library does.
 */
public final class UpstreamCall {
    /** Slow responses are not failures: clients could open the breaker with slow requests. */
    private static final long HOWEVER_SLOW = 0;

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

    /** How long the client library may take to end a request that is given up. */
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

    /** @param isFull whether requests wait for connections that others use */
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

    /** The request; the caller adds headers and a body. */
    public Request request() {
        return request;
    }

    /** Once it has a connection, the upstream may take any time, as long as bytes move in either direction. */
    public void streams() {
        request.onRequestBegin(now -> deadline.ofSilence());
        request.onRequestContent((now, content) -> deadline.moved());
    }

    /** The same, from now on. */
    public void isStreaming() {
        deadline.ofSilence();
    }

    /**
     * @param listener receives the response's head and content, and one completion; it then calls one of {@link
     *     #answered}, {@link #dropped} and {@link #failed}
     */
    public void send(Response.Listener listener) {
        exchange = listener;
        try {
            request.send(new Guarded(listener));
        } catch (RuntimeException e) {
            if (!end()) {
                log.warn("a request that has ended could not be sent", LoggedFailure.of(e));
                return;
            }
            breaker.releasePermission();
            throw e;
        }
    }

    /** Whether it had a connection, but none of it was sent or processed: it may be sent again, whatever it does. */
    public boolean neverLeft(Throwable cause) {
        return departure.hasNot(cause);
    }

    /**
     * The same, or its connection ended before a response began, as an idle connection may end just when it is used. A
     * request without effects may then be sent again.
     */
    public boolean endedUnused(Throwable cause) {
        return neverLeft(cause) || (head.status() == 0 && departure.kindOf(cause) == Kind.BROKEN);
    }

    /** Counts a response that has begun and may stream without end as a success. */
    public void isAnswering() {
        answering = true;
        breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
    }

    /** Counts a response, whatever it says, as a success. */
    public void answered() {
        if (!answering) {
            breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
        }
    }

    /** Counts nothing: the client has gone, or the request will be sent again. */
    public void dropped() {
        if (!answering) {
            breaker.releasePermission();
        }
    }

    /** Counts a failure: no response will come that can be forwarded. */
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

    /** Only the first caller succeeds. */
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
        TimeoutException late = new TimeoutException("no response in time");
        abortFor(Optional.of(late));
        if (!ended.get()) {
            var unused = scheduler.schedule(() -> endAnyway(late), GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endAnyway(TimeoutException late) {
        if (!end()) {
            return;
        }
        log.warn("a request to {} did not end when it was given up; it is left behind", request.getHost());
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

    /** Ignores everything after the end. */
    private final class Guarded implements Response.Listener {
        private final Response.Listener listener;
        private long bytes;

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

        /** The listener reads by itself, since it may have something to do while there is nothing to read. */
        @Override
        public void onContentSource(Response response, Content.Source body) {
            if (!ended.get()) {
                listener.onContentSource(response, new Body(body));
            }
        }

        private final class Body implements Content.Source {
            private final Content.Source received;

            Body(Content.Source received) {
                this.received = received;
            }

            @Override
            public Content.@Nullable Chunk read() {
                Content.@Nullable Chunk chunk = received.read();
                if (chunk != null && !Content.Chunk.isFailure(chunk)) {
                    deadline.moved();
                    bytes += chunk.remaining();
                }
                return chunk;
            }

            @Override
            public void demand(Runnable more) {
                received.demand(Invocable.from(Invocable.getInvocationType(more), () -> {
                    if (!ended.get()) {
                        more.run();
                    }
                }));
            }

            @Override
            public void fail(Throwable failure) {
                received.fail(failure);
            }
        }

        @Override
        public void onComplete(Result result) {
            if (end()) {
                boolean isWhole = result.isFailed() || head.isOf(bytes);
                listener.onComplete(
                        isWhole ? result : new Result(result, new ProtocolException("a body of " + bytes + " bytes")));
            }
        }
    }
}
