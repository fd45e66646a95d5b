package dev.idem.gateway.exchange;

import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Refusal;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that passes as if nothing were there: neither it nor its answer is held, both stream. Of a client that hangs up
 * the upstream is told.
 */
final class PassThrough implements Response.Listener {
    private static final Logger log = LoggerFactory.getLogger(PassThrough.class);

    private final ClientExchange client;
    private final UpstreamCall call;
    private final GatewayResponses answers;
    private final RouteCounters counters;
    private final ClientStream stream;
    private final Optional<ClientBody> body;
    private final Optional<Again> again;
    private final Optional<ShadowLease> shadow;

    /**
     * Sends a request once more.
     *
     * @param safe whether that may be done when its connection has ended without an answer, and not only when nothing of it has left
     */
    record Again(boolean safe, Runnable send) {
        boolean maySend(UpstreamCall call, Throwable cause) {
            return safe ? call.endedUnused(cause) : call.neverLeft(cause);
        }
    }

    /**
     * @param body of the call's request, if it is still to be read
     * @param again if it may be sent once more at all
     * @param shadow is told what came of it
     */
    PassThrough(
            ClientExchange client,
            UpstreamCall call,
            GatewayResponses answers,
            RouteCounters counters,
            Optional<ClientBody> body,
            Optional<Again> again,
            Optional<ShadowLease> shadow) {
        this.client = client;
        this.call = call;
        this.answers = answers;
        this.counters = counters;
        this.stream = new ClientStream(client, this::unwritten);
        this.body = body;
        this.again = again;
        this.shadow = shadow;
        call.streams(); // an upload may take as long as a download
    }

    @Override
    public void onHeaders(Response upstream) {
        ResponseHead.write(upstream, client.response());
        answers.acrossOrigins(client);
        call.isAnswering();
    }

    @Override
    public void onContent(Response upstream, Content.Chunk chunk, Runnable demander) {
        if (!ResponseHead.hasBody(upstream)) {
            demander.run();
            return;
        }
        stream.write(chunk, () -> {
            if (stream.isGone()) {
                var unused = upstream.abort(new ClientGoneException());
            } else {
                demander.run();
            }
        });
    }

    @Override
    public void onComplete(Result result) {
        if (stream.isGone()) {
            gone();
        } else if (result.isFailed()) {
            failed(result.getFailure());
        } else {
            call.answered();
            shadow.ifPresentOrElse(lease -> lease.answered(result.getResponse().getStatus(), stream::end), stream::end);
        }
    }

    private void gone() {
        body.ifPresent(ClientBody::release);
        call.dropped();
        shadow.ifPresent(ShadowLease::unanswered);
    }

    private void failed(Throwable cause) {
        if (again.isPresent() && !stream.hasBegun() && again.get().maySend(call, cause)) {
            call.dropped(); // what counts for the breaker is how the second attempt ends
            again.get().send().run();
            return;
        }
        body.ifPresent(ClientBody::release);
        shadow.ifPresent(ShadowLease::unanswered);
        Optional<Throwable> unread = body.flatMap(ClientBody::failure);
        if (stream.isWriting()) { // it was the client that kept the upstream waiting
            call.dropped();
            stream.breakOff(cause);
        } else if (unread.isPresent()) {
            call.dropped();
            refuse(FailureResponses.unreadable(unread.get(), null), unread.get());
        } else if (body.filter(ClientBody::wasAwaited).isPresent()) {
            call.dropped(); // the upstream does not wait for ever either
            refuse(FailureResponses.notWaitedFor(), cause);
        } else {
            UpstreamFailure failure = call.failed(cause);
            counters.failed(failure.kind());
            log.info("a request has no answer of its upstream ({}): {}", failure.kind(), String.valueOf(cause));
            refuse(FailureResponses.of(failure), cause);
        }
    }

    /** An answer has come, and is none that could be written. */
    private void unwritten(Throwable cause) {
        log.info("an answer of the upstream cannot be written: {}", String.valueOf(cause));
        var unused = call.request().abort(cause); // nobody else reads what the client still sends
        refuse(FailureResponses.unwritable(null), cause);
    }

    private void refuse(Refusal refusal, Throwable cause) {
        if (stream.hasBegun()) {
            stream.breakOff(cause);
        } else {
            answers.refuse(client, refusal, Optional.empty());
        }
    }
}
