package dev.idem.service.body;

import dev.idem.dropwizard.problem.Problem;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body in a coding that nobody here decodes (RFC 9110, section 15.5.16), and ends one that is larger than any
 * resource takes, once it is decoded: few bytes may stand for very many. Thread-safe.
 */
@PreMatching
public final class RequestBodies implements ContainerRequestFilter {
    private final long most;

    /** @param most the largest body of a protected request, bytes; its own rules say so where it is larger */
    public RequestBodies(long most) {
        this.most = most + 1;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        // The server has taken the header away from what it has decoded.
        @Nullable String coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The body's Content-Encoding is not known here; send it in gzip, or as it is.",
                            null),
                    Map.of(HttpHeaders.ACCEPT_ENCODING, "gzip, identity"));
        }
        request.setEntityStream(new LimitedBody(request.getEntityStream(), most));
    }
}
