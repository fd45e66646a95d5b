package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.completion.ReplayableHeaders;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.completion.ResponseHeaders;
import dev.idem.http.decision.Decision;
import dev.idem.http.problem.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.glassfish.jersey.server.ChunkedOutput;

/** Writes what the rules decide into Jersey's responses of one route. Thread-safe. */
final class ResponseWriter {
    private final ResponseContract contract;
    private final BooleanSupplier active;
    private final ObjectMapper mapper;

    /** @param active whether responses tell of repeats: not while the layer is off or in shadow */
    ResponseWriter(ResponseContract contract, BooleanSupplier active, ObjectMapper mapper) {
        this.contract = contract;
        this.active = active;
        this.mapper = mapper;
    }

    /** A response's headers. */
    private record Headers(MultivaluedMap<String, Object> map) implements ResponseHeaders {
        @Override
        public List<String> values(String name) {
            return map.getOrDefault(name, List.of()).stream()
                    .map(String::valueOf)
                    .toList();
        }

        @Override
        public void put(String name, String value) {
            map.putSingle(name, value);
        }

        @Override
        public void add(String name, String value) {
            map.add(name, value);
        }
    }

    /** Adds what each response of a protected route tells about repeats. */
    void describe(ContainerRequestContext request, ContainerResponseContext response, Optional<String> key) {
        Headers headers = new Headers(response.getHeaders());
        if (active.getAsBoolean()) {
            contract.addLink(headers);
            if (request.getHeaderString("Origin") != null) {
                contract.expose(headers);
            }
        }
        contract.echoKey(key, headers);
    }

    /** A stored answer as a response. */
    static Response replay(RecordedResponse stored) {
        Response response = Response.status(stored.status())
                .entity(stored.storedBody().length() == 0 ? null : stored.body())
                .build();
        ResponseContract.replay(stored, new Headers(response.getHeaders()));
        return response;
    }

    /** Replaces a response that is not written yet. */
    void replaceEntity(ContainerResponseContext response, Decision.Answered instead) throws IOException {
        byte[] body = replace(response, instead);
        if (response.getEntity() instanceof ChunkedOutput<?> output) {
            output.close();
        }
        response.setEntity(body.length == 0 ? null : body, new Annotation[0], response.getMediaType());
    }

    /** Replaces status and headers, and returns the body that the client gets. */
    byte[] replace(ContainerResponseContext response, Decision.Answered instead) {
        clear(response);
        if (instead instanceof Decision.Replay replay) {
            response.setStatus(replay.response().status());
            ResponseContract.replay(replay.response(), new Headers(response.getHeaders()));
            return replay.response().body();
        }
        Refusal refusal = instead.refusalIfAny().orElseThrow();
        Response problem = new ProblemException(refusal.problem(), refusal.headers()).getResponse();
        response.setStatus(problem.getStatus());
        problem.getHeaders().forEach((name, values) -> response.getHeaders().put(name, new ArrayList<>(values)));
        return json(problem.getEntity());
    }

    /** Only the headers of the connection and of other filters stay. */
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
