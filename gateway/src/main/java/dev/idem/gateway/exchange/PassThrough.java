package dev.idem.gateway.exchange;

import dev.idem.gateway.client.ClientBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.client.ClientGoneException;
import dev.idem.gateway.client.ClientStream;
import dev.idem.gateway.header.ResponseHead;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.log.LoggedFailure;
import dev.idem.http.problem.Refusal;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is not protected. Neither the request nor its response is buffered; both are streamed. The upstream
 * sees when the client closes the connection.
 */
final class PassThrough implements Response.Listener {
    private static final Logger log = LoggerFactory.getLogger(PassThrough.class);

    private final ClientExchange client;
    private final UpstreamCall call;
    private final GatewayResponses responses;
    private final RouteCounters counters;
    private final ClientStream stream;
    private final Optional<ClientBody> body;
    private final Optional<Again> again;
    private final Optional<ShadowLease> shadow;
    private volatile boolean hungUp;

    /**
     * Sends a request again.
     *
     * @param safe whether it may be sent again after its connection has ended without a response, and not only when
     *     none of it has been sent
     */
    record Again(boolean safe, Runnable send) {
        boolean maySend(UpstreamCall call, Throwable cause) {
            return safe ? call.endedUnused(cause) : call.neverLeft(cause);
        }
    }

    /**
     * @param body of the call's request, if it is still to be read
     * @param again empty if the request must not be sent again
     * @param shadow receives the outcome
     */
    PassThrough(
            ClientExchange client,
            UpstreamCall call,
            GatewayResponses responses,
            RouteCounters counters,
            Optional<ClientBody> body,
            Optional<Again> again,
            Optional<ShadowLease> shadow) {
        this.client = client;
        this.call = call;
        this.responses = responses;
        this.counters = counters;
        this.stream = new ClientStream(client, this::unwritten);
        this.body = body;
        this.again = again;
        this.shadow = shadow;
        call.streams(); // an upload may take as long as a download
    }

    /**
     * The client has reset its stream of HTTP/2. The upstream's connection is needed for others. Other failures are ours: the
     * upstream has stopped reading, or the client is too slow.
     */
    void hungUp(Throwable failure) {
        boolean isReset = failure instanceof EofException
                && client.request().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        if (!isReset || body.filter(ClientBody::isGivenUp).isPresent()) {
            return;
        }
        hungUp = true;
        cancelIfHungUp();
    }

    /** The client may have hung up just before. */
    void sent() {
        cancelIfHungUp();
    }

    private void cancelIfHungUp() {
        if (hungUp) {
            var unused = call.request().abort(new ClientGoneException());
        }
    }

    @Override
    public void onHeaders(Response upstream) {
        ResponseHead.write(upstream, client.response());
        responses.acrossOrigins(client);
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
        } else if (hungUp && result.isFailed()) {
            gone();
            refuse(FailureResponses.unreadable(result.getFailure(), null), result.getFailure()); // for the log
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
            call.dropped(); // the breaker counts the outcome of the second attempt
            again.get().send().run();
            return;
        }
        body.ifPresent(ClientBody::release);
        shadow.ifPresent(ShadowLease::unanswered);
        Optional<Throwable> unread = body.flatMap(ClientBody::failure);
        if (stream.isWriting()) { // the client kept the upstream waiting
            call.dropped();
            stream.breakOff(cause);
        } else if (unread.isPresent()) {
            call.dropped();
            refuse(FailureResponses.unreadable(unread.get(), null), unread.get());
        } else if (body.filter(ClientBody::wasAwaited).isPresent()) {
            call.dropped(); // the upstream does not wait without end, either
            refuse(FailureResponses.notWaitedFor(), cause);
        } else {
            UpstreamFailure failure = call.failed(cause);
            counters.failed(failure.kind());
            log.info(
                    "a request got no response from its upstream ({}): {}",
                    failure.kind(),
                    LoggedFailure.of(cause).getMessage());
            refuse(FailureResponses.of(failure), cause);
        }
    }

    /** The upstream's response cannot be written. */
    private void unwritten(Throwable cause) {
        log.info(
                "the upstream's response cannot be written: {}",
                LoggedFailure.of(cause).getMessage());
        var unused = call.request().abort(cause); // nothing else reads what the client still sends
        refuse(FailureResponses.unwritable(null), cause);
    }

    private void refuse(Refusal refusal, Throwable cause) {
        if (stream.hasBegun()) {
            stream.breakOff(cause);
        } else {
            responses.refuse(client, refusal, Optional.empty());
        }
    }
}
