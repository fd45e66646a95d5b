package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Ends a request with a problem. JAX-RS itself answers it, whatever mappers the application has. */
public final class ProblemException extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** @param headers of the response, beside its content type */
    public ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.title(), response(problem, headers));
        this.problem = problem;
        problem.log();
    }

    public Problem problem() {
        return problem;
    }

    private static Response response(Problem problem, Map<String, String> headers) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.retryable()) {
            response.header(HttpHeaders.RETRY_AFTER, Problem.SOON);
        }
        headers.forEach((name, value) -> response.header(name, null).header(name, value));
        return response.build();
    }
}
