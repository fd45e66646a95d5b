package dev.idem.dropwizard.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.idem.core.engine.KeyFormat;
import dev.idem.dropwizard.key.IdempotencyKeyHeader;
import dev.idem.dropwizard.key.MalformedKeyException;
import io.dropwizard.jersey.validation.ConstraintMessage;
import io.dropwizard.jersey.validation.JerseyViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error of an application as a problem. Optional: the layer's own refusals do not need it. */
public final class ProblemMappers implements Feature {
    private static final Logger log = LoggerFactory.getLogger(ProblemMappers.class);

    @Override
    public boolean configure(FeatureContext context) {
        context.register(HttpErrors.class);
        context.register(UnreadableJson.class);
        context.register(Violations.class);
        context.register(Failures.class);
        context.register(BrokenStates.class);
        return true;
    }

    /** Whatever JAX-RS or a resource answers with a status and no entity. */
    static final class HttpErrors implements ExceptionMapper<WebApplicationException> {
        @Context
        @Nullable
        HttpHeaders headers;

        @Override
        public Response toResponse(WebApplicationException error) {
            Response given = error.getResponse();
            if (given.getStatus() < 400 || given.hasEntity()) {
                return given;
            }
            if (given.getStatus() >= 500) {
                return failed(error, headers);
            }
            Map<String, String> kept = new LinkedHashMap<>();
            given.getStringHeaders().forEach((name, values) -> kept.put(name, String.join(", ", values)));
            ProblemType type = typeOf(given.getStatus());
            return new ProblemException(Problem.of(type, type.meaning() + ' ' + type.remedy(), keyOf(headers)), kept)
                    .getResponse();
        }
    }

    /** A body that is no JSON, or not of the shape that the resource takes. */
    static final class UnreadableJson implements ExceptionMapper<JsonProcessingException> {
        @Context
        @Nullable
        HttpHeaders headers;

        @Override
        public Response toResponse(JsonProcessingException error) {
            // Not the parser's whole message, which quotes the body.
            String where = error.getLocation() == null
                    ? ""
                    : " near line " + error.getLocation().getLineNr() + ", column "
                            + error.getLocation().getColumnNr();
            return answer(
                    ProblemType.INVALID_REQUEST,
                    "The body is not the JSON that is asked for" + where + "; see /openapi.json.",
                    headers);
        }
    }

    /** A value that is not allowed. */
    static final class Violations implements ExceptionMapper<JerseyViolationException> {
        @Context
        @Nullable
        HttpHeaders headers;

        @Override
        public Response toResponse(JerseyViolationException error) {
            String detail = error.getConstraintViolations().stream()
                    .map(violation -> ConstraintMessage.getMessage(violation, error.getInvocable()))
                    .sorted()
                    .collect(Collectors.joining("; "));
            return answer(ProblemType.VALIDATION_FAILED, detail + '.', headers);
        }
    }

    /** What nobody foresaw. */
    static final class Failures implements ExceptionMapper<Throwable> {
        @Context
        @Nullable
        HttpHeaders headers;

        @Override
        public Response toResponse(Throwable error) {
            return failed(error, headers);
        }
    }

    /** The same, where Dropwizard has a mapper of its own, which would be the more specific one. */
    static final class BrokenStates implements ExceptionMapper<IllegalStateException> {
        @Context
        @Nullable
        HttpHeaders headers;

        @Override
        public Response toResponse(IllegalStateException error) {
            return failed(error, headers);
        }
    }

    private static Response failed(Throwable error, @Nullable HttpHeaders headers) {
        Problem problem = Problem.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.remedy(), keyOf(headers));
        log.error("{} failed", problem.instance(), error);
        return new ProblemException(problem, Map.of()).getResponse();
    }

    private static Response answer(ProblemType type, String detail, @Nullable HttpHeaders headers) {
        return new ProblemException(Problem.of(type, detail, keyOf(headers)), Map.of()).getResponse();
    }

    private static ProblemType typeOf(int status) {
        return switch (status) {
            case 401 -> ProblemType.UNAUTHORIZED;
            case 403 -> ProblemType.FORBIDDEN;
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.REQUEST_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            case 422 -> ProblemType.VALIDATION_FAILED;
            case 429 -> ProblemType.TOO_MANY_REQUESTS;
            default -> ProblemType.INVALID_REQUEST;
        };
    }

    /** Null for a request without a key, or with something that is none. */
    private static @Nullable String keyOf(@Nullable HttpHeaders headers) {
        try {
            return headers == null
                    ? null
                    : IdempotencyKeyHeader.read(headers.getRequestHeader(IdempotencyKeyHeader.NAME), KeyFormat.ANY)
                            .orElse(null);
        } catch (MalformedKeyException notOne) {
            return null;
        }
    }
}
