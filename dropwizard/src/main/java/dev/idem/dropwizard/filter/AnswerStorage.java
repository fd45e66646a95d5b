package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.Settlement;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.ArrayList;

/**
 * Settles a lease with the answer that its handler gave. An owner whose lease was lost to another does not get its own
 * answer out: its client is given the answer that every repeat gets, or told that the request is in progress.
 */
final class AnswerStorage {
    private static final byte[] NOTHING = {};

    private final IdempotencyEngine engine;
    private final ObjectMapper mapper;

    AnswerStorage(IdempotencyEngine engine, ObjectMapper mapper) {
        this.engine = engine;
        this.mapper = mapper;
    }

    /** Nothing took effect: the key is free again. */
    void abandon(Exchange exchange) {
        exchange.openLease().ifPresent(engine::abandon);
        exchange.settled();
    }

    /** The request took effect and its answer is too large, or endless, to be kept. */
    void completeWithoutAnswer(Exchange exchange) {
        exchange.openLease()
                .ifPresent(lease -> engine.complete(lease, new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE)));
        exchange.settled();
    }

    /** Stores an answer without a body. */
    void complete(Exchange exchange, ContainerResponseContext response) {
        byte[] body = complete(exchange, response, NOTHING);
        if (body.length > 0) {
            response.setEntity(body, new Annotation[0], response.getMediaType());
        }
    }

    /**
     * Stores an answer.
     *
     * @return the body that the client gets; status and headers of {@code response} are made to fit
     */
    byte[] complete(Exchange exchange, ContainerResponseContext response, byte[] body) {
        Lease lease = exchange.openLease().orElseThrow();
        RecordedResponse answer =
                new RecordedResponse(response.getStatus(), ReplayableHeaders.of(response.getStringHeaders()), body);
        Settlement settlement = engine.complete(lease, answer);
        exchange.settled();
        return settlement instanceof Settlement.Fenced fenced ? replace(response, exchange, fenced.successor()) : body;
    }

    private byte[] replace(ContainerResponseContext response, Exchange exchange, Claim successor) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        ReplayableHeaders.of(response.getStringHeaders()).forEach(header -> headers.remove(header.name()));
        if (successor instanceof Claim.Replay replay && replay.answer() instanceof RecordedResponse stored) {
            response.setStatus(stored.status());
            headers.putSingle(Replays.MARK, "true");
            for (Header header : stored.headers()) {
                headers.add(header.name(), header.value());
            }
            return stored.body();
        }
        Response refusal = Refusals.inProgress(exchange.key()).getResponse();
        response.setStatus(refusal.getStatus());
        refusal.getHeaders().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        return json(refusal.getEntity());
    }

    private byte[] json(Object problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
