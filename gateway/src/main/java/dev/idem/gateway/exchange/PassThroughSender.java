package dev.idem.gateway.exchange;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Lease;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.client.ClientBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.client.FirstBodyChunk;
import dev.idem.gateway.header.RequestHead;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.log.LoggedFailure;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards a route's requests that are not protected. Thread-safe; never blocks. */
final class PassThroughSender {
    /**
     * The methods that are sent again if their connection ends, which may happen when the upstream has kept it open
     * long enough (RFC 9110, section 9.2.2).
     */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final Logger log = LoggerFactory.getLogger(PassThroughSender.class);

    private final RouteSettings settings;
    private final UpstreamClient upstream;
    private final LeaseCompletion completion;
    private final GatewayResponses responses;
    private final RouteCounters counters;
    private final RequestHead head;

    PassThroughSender(
            RouteSettings settings,
            UpstreamClient upstream,
            LeaseCompletion completion,
            GatewayResponses responses,
            RouteCounters counters) {
        this.settings = settings;
        this.upstream = upstream;
        this.completion = completion;
        this.responses = responses;
        this.counters = counters;
        this.head = new RequestHead(settings);
    }

    /** @param read what was already read of the body */
    void pass(ClientExchange client, BufferedBody read) {
        pass(client, read, Optional.empty());
    }

    /** @param lease ended when the request's outcome is known */
    void passInShadow(ClientExchange client, BufferedBody read, Lease lease) {
        ShadowLease shadow = new ShadowLease(
                lease, completion, client.request().getComponents().getExecutor());
        pass(client, read, Optional.of(shadow));
    }

    private void pass(ClientExchange client, BufferedBody read, Optional<ShadowLease> shadow) {
        guarded(client, shadow, () -> begin(client, read, shadow));
    }

    /** Every failure gets a response, because nothing else would send one. */
    private void guarded(ClientExchange client, Optional<ShadowLease> shadow, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a request to {} failed in the gateway", settings.prefix(), LoggedFailure.of(e));
            shadow.ifPresent(ShadowLease::unanswered);
            responses.refuse(client, FailureResponses.internal(null), Optional.empty());
        }
    }

    private void begin(ClientExchange client, BufferedBody read, Optional<ShadowLease> shadow) {
        if (!client.hasBody()) {
            boolean safe = SAFE.contains(client.request().getMethod()) && shadow.isEmpty();
            send(client, Optional::empty, safe, shadow);
        } else if (read.isWhole()) {
            send(client, () -> Optional.of(new BytesRequestContent((String) null, read.bytes())), false, shadow);
        } else if (read.bytes().length > 0) {
            stream(client, Content.Chunk.from(ByteBuffer.wrap(read.bytes()), false), shadow);
        } else {
            // A client that announces a body and sends none holds no connection to the upstream.
            new FirstBodyChunk(
                            client.request(),
                            beginning -> guarded(client, shadow, () -> stream(client, beginning, shadow)),
                            failure -> guarded(client, shadow, () -> unreadable(client, failure, shadow)))
                    .run();
        }
    }

    private void unreadable(ClientExchange client, Throwable failure, Optional<ShadowLease> shadow) {
        shadow.ifPresent(ShadowLease::unanswered);
        responses.refuse(client, FailureResponses.unreadable(failure, null), Optional.empty());
    }

    private void stream(ClientExchange client, Content.Chunk beginning, Optional<ShadowLease> shadow) {
        send(client, Optional.of(new ClientBody(client, beginning)), Optional.empty(), shadow);
    }

    /** @param safe whether it may be sent again after it was sent; if none of it was sent, it always may */
    private void send(
            ClientExchange client,
            Supplier<Optional<Request.Content>> body,
            boolean safe,
            Optional<ShadowLease> shadow) {
        Runnable again = () -> guarded(client, shadow, () -> send(client, body.get(), Optional.empty(), shadow));
        send(client, body.get(), Optional.of(new PassThrough.Again(safe, again)), shadow);
    }

    private void send(
            ClientExchange client,
            Optional<Request.Content> body,
            Optional<PassThrough.Again> again,
            Optional<ShadowLease> shadow) {
        Optional<ClientBody> unread = body.filter(ClientBody.class::isInstance).map(ClientBody.class::cast);
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), settings.timeout());
        if (call.isEmpty()) {
            unread.ifPresent(ClientBody::release);
            shadow.ifPresent(ShadowLease::unanswered);
            counters.failed(UpstreamFailure.Kind.BUSY);
            responses.refuse(client, FailureResponses.busy(null, upstream.pause()), Optional.empty());
            return;
        }
        body.ifPresent(call.get().request()::body);
        call.get().request().headers(headers -> head.write(client.request(), headers));
        PassThrough response = new PassThrough(client, call.get(), responses, counters, unread, again, shadow);
        client.request().addFailureListener(response::hungUp); // afterwards the client may have its answer
        call.get().send(response);
        response.sent();
    }
}
