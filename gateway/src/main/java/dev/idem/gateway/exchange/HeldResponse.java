package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.client.ClientGoneException;
import dev.idem.gateway.client.ClientStream;
import dev.idem.gateway.client.Handover;
import dev.idem.gateway.header.ResponseHead;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Decision;
import dev.idem.http.log.LoggedFailure;
import dev.idem.http.memory.ByteAccumulator;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response to a request that executes under a lease. It is held back until its end, and then stored and sent. One
 * that is too large to store is streamed as soon as that has been recorded; if nothing may be stored, a head whose body has not
 * begun is sent at once.
 *
 * <p>The upstream's response is read to its end whether or not the client still waits, unless it is streamed. Steps
 * follow one another: the client library calls one at a time, and what may block goes to another thread before the next
 * is demanded. Only a failure may arrive while that thread works; it waits for the decision made there.
 */
final class HeldResponse implements Response.Listener {
    private static final Logger log = LoggerFactory.getLogger(HeldResponse.class);

    private final ProtectedExchange exchange;
    private final ClientExchange client;
    private final UpstreamCall call;
    private final GatewayResponses responses;
    private final LeaseOutcome outcome;
    private final Optional<Runnable> again;
    private final long limit;
    private final Executor executor;
    private final ClientStream stream;
    private final ByteAccumulator held = new ByteAccumulator();
    private volatile State state = State.HOLDING;
    private @Nullable Throwable broken;

    private enum State {
        /** The response is buffered. */
        HOLDING,
        /** The response is too large. That is being recorded; then the buffered part goes to the client. */
        DECIDING,
        /** The response is streamed to the client. */
        STREAMING,
        /** The client has got another response, or has gone. */
        DISCARDING
    }

    /** @param again sends the request again, if none of it has been sent */
    HeldResponse(
            ProtectedExchange exchange,
            ClientExchange client,
            UpstreamCall call,
            LeaseOutcome outcome,
            RouteParts route,
            Optional<Runnable> again) {
        this.exchange = exchange;
        this.client = client;
        this.call = call;
        this.responses = route.responses();
        this.outcome = outcome;
        this.again = again;
        this.limit = route.settings().policy().stored().maxBody();
        this.executor = client.request().getComponents().getExecutor();
        this.stream = new ClientStream(client, this::unwritten);
    }

    /** Called when the head has come. */
    @Override
    public void onContentSource(Response upstream, Content.Source body) {
        if (limit > 0 || state != State.HOLDING || !ResponseHead.hasBody(upstream)) {
            Response.Listener.super.onContentSource(upstream, body);
            return;
        }
        Runnable demander = () -> body.demand(() -> Response.Listener.super.onContentSource(upstream, body));
        Content.Chunk first = body.read();
        if (first == null) {
            decide(upstream, demander);
        } else if (Content.Chunk.isFailure(first)) {
            var unused = upstream.abort(first.getFailure());
        } else {
            if (first.hasRemaining()) {
                onContent(upstream, first, demander);
            }
            first.release();
        }
    }

    @Override
    public void onContent(Response upstream, Content.Chunk chunk, Runnable demander) {
        switch (state) {
            case HOLDING -> hold(upstream, chunk, demander);
            case STREAMING -> stream.write(chunk, () -> goOn(upstream, demander));
            case DECIDING, DISCARDING -> demander.run();
        }
    }

    private void hold(Response upstream, Content.Chunk chunk, Runnable demander) {
        if (!ResponseHead.hasBody(upstream)) {
            demander.run();
            return;
        }
        held.add(chunk.getByteBuffer());
        if (held.size() <= limit) {
            demander.run();
        } else {
            decide(upstream, demander);
        }
    }

    private void decide(Response upstream, Runnable demander) {
        call.isStreaming();
        call.isAnswering();
        state = State.DECIDING;
        later(() -> overflow(upstream, demander));
    }

    private void overflow(Response upstream, Runnable demander) {
        Optional<Decision.Answered> instead = outcome.tooLarge(upstream.getStatus());
        if (instead.isPresent() || brokenMeanwhile().isPresent()) {
            Optional<UpstreamFailure> failure = decided(State.DISCARDING).map(call::failed);
            responses.give(client, instead.orElseGet(() -> outcome.cutShort(failure.orElseThrow())));
            held.clear();
            demander.run();
            return;
        }
        ResponseHead.write(upstream, client.response());
        responses.describe(client, outcome.key());
        stream.write(ByteBuffer.wrap(held.toByteArray()), () -> begun(upstream, demander));
        brokenMeanwhile().ifPresent(stream::breakOff); // the client does not read it
    }

    /** The client has received the buffered part. */
    private void begun(Response upstream, Runnable demander) {
        held.clear();
        client.answerIs(0);
        decided(State.STREAMING)
                .ifPresentOrElse(
                        cause -> {
                            var unused = call.failed(cause);
                            stream.breakOff(cause);
                        },
                        () -> goOn(upstream, demander));
    }

    /** The outcome has been recorded, so the rest is needed only if the client reads it. */
    private void goOn(Response upstream, Runnable demander) {
        if (stream.isGone()) {
            var unused = upstream.abort(new ClientGoneException());
        } else {
            demander.run();
        }
    }

    private synchronized Optional<Throwable> brokenMeanwhile() {
        return Optional.ofNullable(broken);
    }

    /** @return why the response broke off meanwhile, if it did */
    private synchronized Optional<Throwable> decided(State next) {
        state = next;
        Optional<Throwable> cause = Optional.ofNullable(broken);
        broken = null;
        return cause;
    }

    /** Whether the outcome is being decided at this moment; that decision then takes the failure into account. */
    private synchronized boolean isDecided(Throwable cause) {
        if (state == State.DECIDING) {
            broken = cause;
        }
        return state == State.DECIDING;
    }

    @Override
    public void onComplete(Result result) {
        if (result.isFailed()) {
            ended(result.getFailure());
            return;
        }
        call.answered();
        if (state == State.HOLDING) {
            later(() -> exchange.answered(outcome, result.getResponse(), held.toByteArray()));
        } else if (state == State.STREAMING) {
            stream.end();
        }
    }

    private void ended(Throwable cause) {
        if (isDecided(cause)) {
            if (stream.hasBegun()) {
                stream.breakOff(cause); // it was the client that kept the upstream waiting
            }
            return;
        }
        if (again.isPresent() && state == State.HOLDING && call.neverLeft(cause)) {
            call.dropped(); // what counts for the breaker is how the second attempt ends
            later(again.get());
        } else if (stream.isWriting() || stream.isGone()) {
            call.dropped();
            stream.breakOff(cause);
        } else {
            UpstreamFailure failure = call.failed(cause);
            if (state == State.HOLDING) {
                later(() -> exchange.failed(outcome, failure));
            } else if (state == State.STREAMING) {
                stream.breakOff(cause);
            }
        }
    }

    /** The response has been recorded as too large, and cannot be written. */
    private void unwritten(Throwable cause) {
        log.info(
                "the upstream's response cannot be written: {}",
                LoggedFailure.of(cause).getMessage());
        responses.refuse(client, FailureResponses.unwritable(outcome.key().orElse(null)), outcome.key());
    }

    /** Runs a step on a thread that may block. Whatever fails there, the lease does not stay open. */
    private void later(Runnable step) {
        Handover.to(executor, () -> guarded(step));
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in the gateway", outcome.lease().id(), LoggedFailure.of(e));
            decided(State.DISCARDING).ifPresent(call::failed);
            responses.give(client, outcome.lost());
        }
    }
}
