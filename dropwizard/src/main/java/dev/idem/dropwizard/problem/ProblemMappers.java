package dev.idem.dropwizard.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.postgres.connect.PostgresFailures;
import io.dropwizard.jersey.validation.ConstraintMessage;
import io.dropwizard.jersey.validation.JerseyViolationException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.glassfish.jersey.server.ContainerRequest;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Answers every error of an application as a problem. Optional: the layer's own refusals work without it. */
public final class ProblemMappers implements Feature {

    @Override
    public boolean configure(FeatureContext context) {
        context.register(HttpErrors.class);
        context.register(UnreadableJson.class);
        context.register(Violations.class);
        context.register(UnavailableStores.class);
        context.register(UnavailableDatabases.class);
        context.register(Failures.class);
        context.register(BrokenStates.class);
        context.register(BrokenUploads.class);
        context.register(UnreadableBodies.class);
        context.register(BodyReadInterceptor.class);
        context.register(EmptyErrorBodies.class);
        return true;
    }

    /** A status without an entity, from JAX-RS or a resource. */
    static final class HttpErrors extends Mapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException error) {
            Response given = error.getResponse();
            if (given.getStatus() < 400 || given.hasEntity()) {
                return given;
            }
            Map<String, String> kept = new LinkedHashMap<>();
            given.getStringHeaders().forEach((name, values) -> kept.put(name, String.join(", ", values)));
            Problem problem = Problem.ofStatus(given.getStatus(), key());
            if (problem.status() >= 500) {
                problem.logCause(error);
            }
            return answer(problem, kept);
        }
    }

    /** A body that is not JSON, or not of the expected shape. */
    static final class UnreadableJson extends Mapper<JsonProcessingException> {
        @Override
        public Response toResponse(JsonProcessingException error) {
            return UnreadableBodyException.in(error).map(this::unreadable).orElseGet(() -> misshapen(error));
        }

        private Response misshapen(JsonProcessingException error) {
            // The parser's full message quotes the body.
            @Nullable JsonLocation at = error.getLocation();
            String where = at == null ? "" : " near line " + at.getLineNr() + ", column " + at.getColumnNr();
            return answer(
                    ProblemType.INVALID_REQUEST,
                    "The body is not the expected JSON" + where + "; see the description of the API.",
                    Map.of());
        }
    }

    /** A value that is not allowed. */
    static final class Violations extends Mapper<JerseyViolationException> {
        @Override
        public Response toResponse(JerseyViolationException error) {
            String detail = error.getConstraintViolations().stream()
                    .map(violation -> ConstraintMessage.getMessage(violation, error.getInvocable()))
                    .sorted()
                    .collect(Collectors.joining("; "));
            return answer(ProblemType.VALIDATION_FAILED, detail + '.', Map.of());
        }
    }

    /** A store that is unavailable. */
    static final class UnavailableStores extends Mapper<StoreUnavailableException> {
        @Override
        public Response toResponse(StoreUnavailableException error) {
            return unavailable(error);
        }
    }

    /** A database that is unavailable for the application's own statements. Its other failures are unexpected ones. */
    static final class UnavailableDatabases extends Mapper<JdbiException> {
        @Override
        public Response toResponse(JdbiException error) {
            return PostgresFailures.unavailable("database", error)
                    .map(this::unavailable)
                    .orElseGet(() -> failed(error));
        }
    }

    /** An unexpected failure, unless it wraps a body that cannot be read. */
    static final class Failures extends Mapper<Throwable> {
        @Override
        public Response toResponse(Throwable error) {
            return UnreadableBodyException.in(error).map(this::unreadable).orElseGet(() -> failed(error));
        }
    }

    /** The same for an exception that Dropwizard would map itself. */
    static final class BrokenStates extends Mapper<IllegalStateException> {
        @Override
        public Response toResponse(IllegalStateException error) {
            return failed(error);
        }
    }

    /** A body that is not valid HTTP, or not in time. */
    static final class BrokenUploads extends Mapper<HttpException.RuntimeException> {
        @Override
        public Response toResponse(HttpException.RuntimeException error) {
            return unreadable(UnreadableBodyException.of(error));
        }
    }

    /** A body that ends early, does not match its content coding, or is too large. */
    static final class UnreadableBodies extends Mapper<UnreadableBodyException> {
        @Override
        public Response toResponse(UnreadableBodyException error) {
            return unreadable(error);
        }
    }

    /** Reads the request's key for the problem. */
    private abstract static class Mapper<E extends Throwable> implements ExceptionMapper<E> {
        @Inject
        private @Nullable Provider<ContainerRequest> request;

        Response answer(ProblemType type, String detail, Map<String, String> more) {
            return answer(Problem.of(type, detail, key()), more);
        }

        static Response answer(Problem problem, Map<String, String> more) {
            return new ProblemException(problem, more).getResponse();
        }

        Response unreadable(UnreadableBodyException error) {
            return answer(error.type(), error.detail(), Map.of());
        }

        Response unavailable(StoreUnavailableException error) {
            Problem problem = Problem.of(
                    ProblemType.STORE_UNAVAILABLE,
                    "A store that this request needs is unavailable. Send the request again later.",
                    key());
            problem.logReason(error.getMessage());
            return answer(problem, Map.of());
        }

        Response failed(Throwable error) {
            Problem problem = Problem.of(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.remedy(), key());
            problem.logCause(error);
            return new ProblemException(problem, Map.of()).getResponse();
        }

        /** Null for a request without a key, or with a malformed one. */
        @Nullable
        String key() {
            return request == null ? null : RequestKey.orNull(request.get());
        }
    }
}
