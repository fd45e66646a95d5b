package dev.idem.service.gateway.exchange;

import dev.idem.dropwizard.decision.Refusal;
import dev.idem.service.gateway.upstream.UpstreamCall;
import dev.idem.service.gateway.upstream.UpstreamFailure;
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

    private final Client client;
    private final UpstreamCall call;
    private final Answers answers;
    private final RouteCounters counters;
    private final ClientStream stream;
    private final Optional<ClientBody> body;
    private final Optional<Runnable> again;
    private final Optional<ShadowLease> shadow;
    private volatile boolean begun;

    /**
     * @param body of the call's request, if it is still to be read
     * @param again sends the request once more, if that may be done when its connection has ended without an answer
     * @param shadow is told what came of it
     */
    PassThrough(
            Client client,
            UpstreamCall call,
            Answers answers,
            RouteCounters counters,
            Optional<ClientBody> body,
            Optional<Runnable> again,
            Optional<ShadowLease> shadow) {
        this.client = client;
        this.call = call;
        this.answers = answers;
        this.counters = counters;
        this.stream = new ClientStream(client);
        this.body = body;
        this.again = again;
        this.shadow = shadow;
        call.request().onRequestBegin(now -> call.isStreaming()); // an upload may take as long as a download
    }

    @Override
    public void onHeaders(Response upstream) {
        ResponseHead.write(upstream, client.response());
        begun = true;
        call.isAnswering();
    }

    @Override
    public void onContent(Response upstream, Content.Chunk chunk, Runnable demander) {
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
        if (result.isSucceeded() && !stream.isGone()) {
            call.answered();
            shadow.ifPresentOrElse(lease -> lease.answered(result.getResponse().getStatus(), stream::end), stream::end);
            return;
        }
        body.ifPresent(ClientBody::release);
        shadow.ifPresent(ShadowLease::unanswered);
        Optional<Throwable> unread = body.flatMap(ClientBody::failure);
        if (stream.isGone()) {
            call.dropped();
        } else if (unread.isPresent()) {
            call.dropped();
            refuse(Failures.unreadable(unread.get()), unread.get());
        } else if (stream.isAwaited()) {
            call.dropped(); // the upstream does not wait for ever either
            stream.breakOff(result.getFailure());
        } else if (body.filter(ClientBody::wasAwaited).isPresent()) {
            call.dropped();
            refuse(Failures.notWaitedFor(), result.getFailure());
        } else {
            failed(result.getFailure());
        }
    }

    private void failed(Throwable cause) {
        if (again.isPresent() && !begun && call.endedUnused(cause)) {
            call.dropped(); // what counts for the breaker is how the second attempt ends
            again.get().run();
            return;
        }
        UpstreamFailure failure = call.failed(cause);
        counters.failed(failure.kind());
        log.info("a request has no answer of its upstream ({}): {}", failure.kind(), String.valueOf(cause));
        refuse(Failures.of(failure), cause);
    }

    private void refuse(Refusal refusal, Throwable cause) {
        if (begun) {
            stream.breakOff(cause);
        } else {
            answers.refuse(client, refusal, Optional.empty());
        }
    }
}
