package dev.idem.dropwizard.filter;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.http.completion.ReplayableHeaders;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.completion.ResponseHeaders;
import dev.idem.http.decision.Decision;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jspecify.annotations.Nullable;

/** Writes what the rules decide into Jersey's responses of one route. Thread-safe. */
final class ResponseWriter {
    private final ResponseContract contract;
    private final BooleanSupplier active;

    /** @param active whether responses tell of repeats: not while the layer is off or in shadow */
    ResponseWriter(ResponseContract contract, BooleanSupplier active) {
        this.contract = contract;
        this.active = active;
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
    static Response replay(RecordedResponse stored, byte[] body) {
        Response response = Response.status(stored.status())
                .entity(body.length == 0 ? null : body)
                .build();
        ResponseContract.replay(stored, new Headers(response.getHeaders()));
        return response;
    }

    /**
     * Takes back what the application's filters have changed in an answer of the layer. Headers that it does not have
     * stay, such as those about origins and cookies.
     */
    void restore(ContainerResponseContext response, GivenAnswer given) {
        describe(response, given.answer());
        setBody(response, given);
    }

    /** Replaces a response that is not written yet. */
    void replaceEntity(ContainerResponseContext response, GivenAnswer given) throws IOException {
        replace(response, given);
        if (response.getEntity() instanceof ChunkedOutput<?> output) {
            output.close();
        }
        setBody(response, given);
    }

    /**
     * Replaces status and headers of a response whose body is being written.
     *
     * @param coding the content coding that the body gets outside of here
     */
    void replaceWhileWritten(ContainerResponseContext response, GivenAnswer given, Optional<String> coding) {
        replace(response, given);
        coding.ifPresent(later -> {
            @Nullable String earlier = response.getHeaderString(HttpHeaders.CONTENT_ENCODING);
            response.getHeaders()
                    .putSingle(HttpHeaders.CONTENT_ENCODING, earlier == null ? later : earlier + ", " + later);
        });
    }

    private void replace(ContainerResponseContext response, GivenAnswer given) {
        clear(response);
        given.answer().refusalIfAny().ifPresent(refusal -> refusal.problem().log());
        describe(response, given.answer());
    }

    private static void describe(ContainerResponseContext response, Decision.Answered answer) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (answer instanceof Decision.Replay replay) {
            response.setStatus(replay.response().status());
            replay.response().headers().forEach(header -> headers.remove(header.name()));
            ResponseContract.replay(replay.response(), new Headers(headers));
        } else {
            Refusal refusal = answer.refusalIfAny().orElseThrow();
            response.setStatus(refusal.problem().status());
            headers.putSingle(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
            if (refusal.problem().retryable()) {
                headers.putSingle(HttpHeaders.RETRY_AFTER, Problem.SOON);
            }
            refusal.headers().forEach(headers::putSingle);
        }
    }

    private static void setBody(ContainerResponseContext response, GivenAnswer given) {
        response.setEntity(given.body().length == 0 ? null : given.body(), new Annotation[0], response.getMediaType());
    }

    /** Only the headers of the connection and of other filters stay. */
    private static void clear(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        ReplayableHeaders.of(response.getStringHeaders()).forEach(header -> headers.remove(header.name()));
        headers.remove(HttpHeaders.SET_COOKIE);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        headers.remove(HttpHeaders.CONTENT_ENCODING);
    }
}
