package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.RecordedResponse;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Decision;
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
 * A request that executes under a lease. The answer is held back until it is stored; one that is too large to be stored
 * streams from the moment on when that has been put down. The upstream is heard to its end, whether the client still waits or
 * not, unless its answer streams. Its steps follow one another: the client library calls one at a time, and what may block goes to
 * another thread before the next is asked for. Only a failure may come while that thread is at work: it waits for what is decided
 * there.
 */
final class ProtectedExchange implements Response.Listener {
    private static final Logger log = LoggerFactory.getLogger(ProtectedExchange.class);

    private final ClientExchange client;
    private final UpstreamCall call;
    private final GatewayResponses answers;
    private final LeaseOutcome settling;
    private final OutcomeProbe probe;
    private final Optional<Runnable> again;
    private final long limit;
    private final Executor executor;
    private final ClientStream stream;
    private final ByteAccumulator held = new ByteAccumulator();
    private volatile State state = State.HOLDING;
    private @Nullable Throwable broken;

    private enum State {
        /** What comes is kept. */
        HOLDING,
        /** It is too much, which is being put down; then what was kept goes to the client. */
        DECIDING,
        /** What comes goes to the client. */
        STREAMING,
        /** The client has been answered something else, or is gone. */
        DISCARDING
    }

    /**
     * @param again sends the request once more, if nothing of it has left
     * @param limit the largest body that is stored, bytes
     */
    ProtectedExchange(
            ClientExchange client,
            UpstreamCall call,
            GatewayResponses answers,
            LeaseOutcome settling,
            OutcomeProbe probe,
            Optional<Runnable> again,
            long limit) {
        this.client = client;
        this.call = call;
        this.answers = answers;
        this.settling = settling;
        this.probe = probe;
        this.again = again;
        this.limit = limit;
        this.executor = client.request().getComponents().getExecutor();
        this.stream = new ClientStream(client, this::unwritten);
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
            call.isStreaming();
            call.isAnswering();
            state = State.DECIDING;
            later(() -> overflow(upstream, demander));
        }
    }

    private void overflow(Response upstream, Runnable demander) {
        Optional<Decision.Answered> instead = settling.tooLarge(upstream.getStatus());
        if (instead.isPresent() || brokenMeanwhile().isPresent()) {
            Optional<UpstreamFailure> failure = decided(State.DISCARDING).map(call::failed);
            answers.give(client, instead.orElseGet(() -> settling.cutShort(failure.orElseThrow())));
            held.clear();
            demander.run();
            return;
        }
        ResponseHead.write(upstream, client.response());
        answers.describe(client, settling.key());
        stream.write(ByteBuffer.wrap(held.toByteArray()), () -> begun(upstream, demander));
        brokenMeanwhile().ifPresent(stream::breakOff); // the client does not take it
    }

    /** The client has had what was held. */
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

    /** What came of the request has been put down, and so nobody needs the rest if its client does not. */
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

    /** @return what has broken the answer meanwhile, if anything */
    private synchronized Optional<Throwable> decided(State next) {
        state = next;
        Optional<Throwable> cause = Optional.ofNullable(broken);
        broken = null;
        return cause;
    }

    /** Whether what becomes of the request is being decided at this moment; then it is known there, too, that the answer is broken. */
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
            later(() -> answered(result.getResponse()));
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
                later(() -> failed(failure));
            } else if (state == State.STREAMING) {
                stream.breakOff(cause);
            }
        }
    }

    /** An answer has come that is put down as too large, and none that could be written. */
    private void unwritten(Throwable cause) {
        log.info("an answer of the upstream cannot be written: {}", String.valueOf(cause));
        answers.refuse(client, FailureResponses.unwritable(settling.key().orElse(null)), settling.key());
    }

    private void failed(UpstreamFailure failure) {
        if (settling.failed(failure)) {
            probe.ask(
                    client,
                    settling.key(),
                    finding -> guarded(() -> answers.give(client, settling.found(finding, failure))));
        } else {
            answers.give(client, settling.unanswered(failure));
        }
    }

    private void answered(Response upstream) {
        RecordedResponse answer = ResponseRecorder.of(upstream, held.toByteArray());
        Optional<Decision.Answered> instead = settling.answered(answer);
        if (instead.isPresent()) {
            answers.give(client, instead.get());
        } else {
            ResponseHead.write(upstream, client.response());
            answers.describe(client, settling.key());
            client.answerIs(answer.storedBody().length());
            client.response().write(true, ByteBuffer.wrap(answer.body()), client.callback());
        }
    }

    /** On a thread that may block. Whatever goes wrong there, the lease does not stay open. */
    private void later(Runnable step) {
        Handover.to(executor, () -> guarded(step));
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("{} failed in the gateway", settling.lease().id(), e);
            decided(State.DISCARDING).ifPresent(call::failed);
            answers.give(client, settling.lost());
        }
    }
}
