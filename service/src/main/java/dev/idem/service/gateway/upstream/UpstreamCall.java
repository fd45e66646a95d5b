package dev.idem.service.gateway.upstream;

import dev.idem.service.gateway.upstream.UpstreamFailure.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.util.thread.Scheduler;

/** One request to an upstream: when it is given up, and what a failure of it means. Each call ends once. */
public final class UpstreamCall {
    /** What takes long does so for its client's sake, too; a breaker that counted it would be opened by clients. */
    private static final long HOWEVER_SLOW = 0;

    private final Request request;
    private final CircuitBreaker breaker;
    private final Semaphore places;
    private final Scheduler.Task deadline;
    private volatile boolean connected;
    private volatile boolean sent;
    private volatile boolean tooLate;
    private volatile boolean answering;

    UpstreamCall(Request request, CircuitBreaker breaker, Semaphore places, Scheduler scheduler, Duration timeout) {
        this.request = request;
        this.breaker = breaker;
        this.places = places;
        request.onRequestBegin(now -> connected = true);
        request.onRequestHeaders(this::begin);
        request.onResponseHeader(UpstreamCall::isDecodedHere);
        request.idleTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.deadline = scheduler.schedule(this::giveUp, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(Request ready) {
        if (HeadLimit.isExceededBy(ready)) {
            var unused = ready.abort(new HeadTooLargeException());
        } else {
            sent = true;
        }
    }

    /** Chunks are undone on the way, and whatever else an answer is in would be lost with their header. */
    private static boolean isDecodedHere(Response response, HttpField field) {
        if (field.getHeader() == HttpHeader.TRANSFER_ENCODING && !HttpHeaderValue.CHUNKED.is(field.getValue())) {
            var unused = response.abort(new ProtocolException("an answer in the transfer coding " + field.getValue()));
        }
        return true;
    }

    /** To be completed with headers and a body, and sent. */
    public Request request() {
        return request;
    }

    /** From here on the upstream may take as long as it likes, if only it goes on saying something. */
    public void isStreaming() {
        deadline.cancel();
    }

    /**
     * Whether it got a connection that ended before an answer, whether the request could still be written or not: an upstream
     * may end one that has been idle just as it is used.
     */
    public boolean endedUnused(Throwable cause) {
        Kind kind = kindOf(cause);
        return kind == Kind.BROKEN || (kind == Kind.UNREACHABLE && connected);
    }

    /** An answer has begun that may take for ever: it counts as one now, so that nobody waits for its end to learn that. */
    public void isAnswering() {
        answering = true;
        breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
    }

    /** An answer has come, whatever it says. */
    public void answered() {
        end();
        if (!answering) {
            breaker.onSuccess(HOWEVER_SLOW, TimeUnit.NANOSECONDS);
        }
    }

    /** It ended in a way that says nothing about the upstream: its client has hung up, or it will be sent once more. */
    public void dropped() {
        end();
        if (!answering) {
            breaker.releasePermission();
        }
    }

    /** No answer will come. */
    public UpstreamFailure failed(Throwable cause) {
        end();
        UpstreamFailure failure = new UpstreamFailure(kindOf(cause), cause);
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

    private void end() {
        deadline.cancel();
        places.release();
    }

    private void giveUp() {
        tooLate = true;
        var unused = request.abort(new TimeoutException("no answer in time"));
    }

    private Kind kindOf(Throwable cause) {
        if (cause instanceof HeadTooLargeException) {
            return Kind.HEAD_TOO_LARGE;
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return Kind.UNREACHABLE; // Jetty shakes hands when it writes, and so counts it as sending
        }
        if (sent) {
            return tooLate || cause instanceof TimeoutException ? Kind.TIMEOUT : Kind.BROKEN;
        }
        return tooLate || cause instanceof RejectedExecutionException ? Kind.BUSY : Kind.UNREACHABLE;
    }
}
