package dev.idem.gateway.response;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.header.JettyHeaders;
import dev.idem.gateway.header.ViaHeader;
import dev.idem.gateway.header.WholeOrigin;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.Decision;
import dev.idem.http.policy.CorsPolicy;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemJson;
import dev.idem.http.problem.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the responses that the gateway decides on for one route, and adds the headers about repeats to every response.
 * Thread-safe.
 */
public final class GatewayResponses {
    private static final Logger log = LoggerFactory.getLogger(GatewayResponses.class);

    private final ResponseContract contract;
    private final Optional<CorsHeaders> origins;

    /** @param cors which scripts may read the responses; if it says nothing, the upstream's headers stand */
    public GatewayResponses(ResponseContract contract, Optional<CorsPolicy> cors) {
        this.contract = contract;
        this.origins = cors.map(rule -> new CorsHeaders(rule, contract.exposed()));
    }

    /** Whether the route has a CORS policy. */
    public boolean speakAcrossOrigins() {
        return origins.isPresent();
    }

    /** Responds to a preflight if the route has a CORS policy. Otherwise returns false and does nothing. */
    public boolean preflight(ClientExchange client) {
        if (origins.isEmpty() || !CorsHeaders.isPreflight(client.request())) {
            return false;
        }
        origins.get().preflight(client).ifPresent(refusal -> refuse(client, refusal, Optional.empty()));
        return true;
    }

    /** Adds the CORS headers to a response, if the route has a CORS policy. */
    public void acrossOrigins(ClientExchange client) {
        origins.ifPresent(rule ->
                rule.describe(client.request().getHeaders(), client.response().getHeaders()));
    }

    /** The response for a request that is not executed. */
    public void give(ClientExchange client, Decision.Answered answer) {
        if (answer instanceof Decision.Replay replay) {
            ResponseContract.markReplayed(new JettyHeaders(client.response().getHeaders()));
            giveOf(client, replay.response(), replay.key());
        } else {
            refuse(client, answer.refusalIfAny().orElseThrow(), answer.key());
        }
    }

    /** Refuses a request. If its body has not arrived, the connection is closed. */
    public void refuse(ClientExchange client, Refusal refusal, Optional<String> key) {
        Response response = client.response();
        refusal.problem().log();
        if (response.isCommitted()) {
            client.callback()
                    .failed(new IOException(
                            "the answer breaks off: " + refusal.problem().title()));
            return;
        }
        response.reset(); // left over from another response's head
        response.setStatus(refusal.problem().status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (refusal.problem().retryable()) {
            headers.put(HttpHeader.RETRY_AFTER, Problem.SOON);
        }
        refusal.headers().forEach(headers::put);
        describe(client, key);
        client.answerEarly(ByteBuffer.wrap(ProblemJson.of(refusal.problem())));
    }

    /** An upstream's response, from now or from storage. */
    public void giveOf(ClientExchange client, RecordedResponse said, Optional<String> key) {
        client.answerIs(said.storedBody().length());
        if (ContentEncodings.mustBeDecoded(said, client.request().getHeaders())) {
            giveDecoded(client, said, key);
        } else {
            head(client, said, header -> true, key);
            client.response().write(true, ByteBuffer.wrap(said.body()), client.callback());
        }
    }

    /** Streams no faster than the client reads, and sends nothing of a body that cannot be decoded to its end. */
    private void giveDecoded(ClientExchange client, RecordedResponse said, Optional<String> key) {
        GzipBody body = new GzipBody(said.body());
        try {
            long length = body.length();
            head(client, said, header -> !ContentEncodings.isEncoding(header), key);
            client.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            Content.copy(Content.Source.from(body.open()), client.response(), client.callback());
        } catch (IOException e) {
            log.warn("a stored answer labelled gzip cannot be decoded: {}", e.getMessage());
            client.response().getHeaders().remove(ResponseContract.REPLAYED);
            refuse(client, FailureResponses.undecodable(key.orElse(null)), key);
        }
    }

    private void head(ClientExchange client, RecordedResponse said, Predicate<Header> given, Optional<String> key) {
        Response response = client.response();
        response.setStatus(said.status());
        HttpFields.Mutable headers = response.getHeaders();
        boolean isReadable = Origins.mayRead(said, client.request().getHeaders());
        for (Header header : said.headers()) {
            boolean isHeldBack = WholeOrigin.isClaimedBy(header.name()); // stored by an earlier release
            if (given.test(header) && !isHeldBack && (isReadable || !Origins.isAccessControl(header.name()))) {
                headers.add(header.name(), header.value());
            }
        }
        headers.put(HttpHeader.VIA, ViaHeader.of(HttpVersion.HTTP_1_1, headers));
        describe(client, key);
    }

    /** Adds the headers that every response of a protected route has. */
    public void describe(ClientExchange client, Optional<String> key) {
        HttpFields.Mutable headers = client.response().getHeaders();
        JettyHeaders described = new JettyHeaders(headers);
        contract.echoKey(key, described);
        contract.addLink(described);
        if (origins.isPresent()) {
            acrossOrigins(client);
        } else if (client.request().getHeaders().contains(HttpHeader.ORIGIN)) {
            contract.expose(described);
        }
    }
}
