package dev.idem.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.Refusal;
import dev.idem.http.decision.ResponseContract;
import dev.idem.http.policy.CorsPolicy;
import dev.idem.http.problem.Problem;
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

/** Gives a client of one route what is decided here, and says on each answer what there is to say about repeats. Thread-safe. */
public final class GatewayResponses {
    private static final Logger log = LoggerFactory.getLogger(GatewayResponses.class);

    private final ResponseContract contract;
    private final String keyHeader;
    private final ObjectMapper mapper;
    private final Optional<CorsHeaders> origins;

    /** @param cors which scripts may read the answers; where nothing is said, an upstream's own word on it stands */
    public GatewayResponses(
            ResponseContract contract, String keyHeader, ObjectMapper mapper, Optional<CorsPolicy> cors) {
        this.contract = contract;
        this.keyHeader = keyHeader;
        this.mapper = mapper;
        this.origins = cors.map(rule -> new CorsHeaders(rule, contract.exposed()));
    }

    /** Whether it is said here which scripts may read them. */
    public boolean speakAcrossOrigins() {
        return origins.isPresent();
    }

    /** Answers what a browser asks before a script's request, if it is answered here; false, and nothing done, if not. */
    public boolean preflight(ClientExchange client) {
        if (origins.isEmpty() || !CorsHeaders.isPreflight(client.request())) {
            return false;
        }
        origins.get().preflight(client).ifPresent(refusal -> refuse(client, refusal, Optional.empty()));
        return true;
    }

    /** Says on an answer which scripts may read it, if that is said here. */
    public void acrossOrigins(ClientExchange client) {
        origins.ifPresent(rule ->
                rule.describe(client.request().getHeaders(), client.response().getHeaders()));
    }

    /** What is given instead of executing the request. */
    public void give(ClientExchange client, Decision.Answered answer) {
        if (answer instanceof Decision.Replay replay) {
            client.response().getHeaders().put(ResponseContract.REPLAYED, "true");
            giveOf(client, replay.response(), replay.key());
        } else {
            refuse(client, answer.refusalIfAny().orElseThrow(), answer.key());
        }
    }

    /** Turns a request away. If its body has not come, its connection ends. */
    public void refuse(ClientExchange client, Refusal refusal, Optional<String> key) {
        Response response = client.response();
        refusal.problem().log();
        if (response.isCommitted()) {
            client.callback()
                    .failed(new IOException(
                            "the answer breaks off: " + refusal.problem().title()));
            return;
        }
        response.reset(); // of another answer's head, if there is one
        response.setStatus(refusal.problem().status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (refusal.problem().retryable()) {
            headers.put(HttpHeader.RETRY_AFTER, Problem.SOON);
        }
        refusal.headers().forEach(headers::put);
        describe(client, key);
        if (!client.request().consumeAvailable()) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
        byte[] problem = json(refusal.problem());
        client.answerIs(problem.length);
        response.write(true, ByteBuffer.wrap(problem), client.callback());
    }

    /** What an upstream has said, now or then. */
    void giveOf(ClientExchange client, RecordedResponse said, Optional<String> key) {
        client.answerIs(said.storedBody().length());
        if (ContentEncodings.mustBeDecoded(said, client.request().getHeaders())) {
            giveDecoded(client, said, key);
        } else {
            head(client, said, header -> true, key);
            client.response().write(true, ByteBuffer.wrap(said.body()), client.callback());
        }
    }

    /** No faster than the client takes it, and nothing of it if it cannot be decoded to its end. */
    private void giveDecoded(ClientExchange client, RecordedResponse said, Optional<String> key) {
        GzipBody body = new GzipBody(said.body());
        try {
            long length = body.length();
            head(client, said, header -> !ContentEncodings.isEncoding(header), key);
            client.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            Content.copy(Content.Source.from(body.open()), client.response(), client.callback());
        } catch (IOException e) {
            log.warn("a stored answer that says it is gzip cannot be decoded: {}", e.getMessage());
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
            boolean isHeldBack = WholeOrigin.isClaimedBy(header.name()); // an earlier release has stored it
            if (given.test(header) && !isHeldBack && (isReadable || !Origins.isAccessControl(header.name()))) {
                headers.add(header.name(), header.value());
            }
        }
        headers.put(HttpHeader.VIA, ViaHeader.of(HttpVersion.HTTP_1_1, headers));
        describe(client, key);
    }

    /** Adds to an answer's headers what every answer of a protected route says. */
    void describe(ClientExchange client, Optional<String> key) {
        HttpFields.Mutable headers = client.response().getHeaders();
        key.ifPresent(value -> headers.put(keyHeader, value));
        contract.link()
                .filter(link -> !headers.getValuesList(HttpHeader.LINK).contains(link))
                .ifPresent(link -> headers.add(HttpHeader.LINK, link));
        if (origins.isPresent()) {
            acrossOrigins(client);
        } else if (client.request().getHeaders().contains(HttpHeader.ORIGIN)) {
            headers.add(ResponseContract.EXPOSE, contract.exposed());
        }
    }

    private byte[] json(Problem problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
