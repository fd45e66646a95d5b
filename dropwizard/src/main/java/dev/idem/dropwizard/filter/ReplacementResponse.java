package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.Refusal;
import dev.idem.http.decision.ReplayableHeaders;
import dev.idem.http.decision.ResponseContract;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;

/**
 * What the client gets in the place of a handler's answer that must not get out. Changes the status and the headers of
 * the response and returns its body. Thread-safe.
 */
final class ReplacementResponse {
    private final ObjectMapper mapper;

    ReplacementResponse(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    byte[] apply(ContainerResponseContext response, Decision.Answered instead) {
        return instead instanceof Decision.Replay replay
                ? replay(response, replay.response())
                : refusal(response, instead.refusalIfAny().orElseThrow());
    }

    private byte[] replay(ContainerResponseContext response, RecordedResponse stored) {
        clear(response);
        response.setStatus(stored.status());
        response.getHeaders().putSingle(ResponseContract.REPLAYED, "true");
        for (Header header : stored.headers()) {
            response.getHeaders().add(header.name(), header.value());
        }
        return stored.body();
    }

    private byte[] refusal(ContainerResponseContext response, Refusal refusal) {
        Response problem = new ProblemException(refusal.problem(), refusal.headers()).getResponse();
        clear(response);
        response.setStatus(problem.getStatus());
        problem.getHeaders().forEach((name, values) -> response.getHeaders().put(name, new ArrayList<>(values)));
        return json(problem.getEntity());
    }

    /** Only what the connection and other filters have said stays. */
    private static void clear(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        ReplayableHeaders.of(response.getStringHeaders()).forEach(header -> headers.remove(header.name()));
        headers.remove(HttpHeaders.SET_COOKIE);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
    }

    private byte[] json(Object problem) {
        try {
            return mapper.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
