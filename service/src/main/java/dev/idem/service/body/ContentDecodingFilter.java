package dev.idem.service.body;

import dev.idem.dropwizard.body.LimitedInputStream;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.util.DataSize;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes bodies, in the place of the server, which takes a gzip that breaks off for a whole one. Refuses a coding that nobody
 * here decodes (RFC 9110, section 15.5.16), and ends a body that is larger than any resource takes, once it is decoded: few
 * bytes may stand for very many. Thread-safe.
 */
@PreMatching
public final class ContentDecodingFilter implements ContainerRequestFilter {
    private final long most;

    /** @param most the largest body of a protected request, bytes; its own rules say so where it is larger */
    public ContentDecodingFilter(long most) {
        this.most = most + 1;
    }

    /** To be called before the server is built, which would decode bodies itself. */
    public static void areNotDecodedBy(AbstractServerFactory server) {
        server.getGzipFilterFactory().setBufferSize(DataSize.bytes(0));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setEntityStream(new LimitedInputStream(
                decoded(request), most, "The body is larger than anything that is taken here; send less."));
    }

    private static InputStream decoded(ContainerRequestContext request) {
        @Nullable String coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> request.getEntityStream();
            case "gzip", "x-gzip" -> new GzipRequestStream(request.getEntityStream());
            default ->
                throw new ProblemException(
                        Problem.of(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "The body's Content-Encoding is not known here; send it in gzip, or as it is.",
                                null),
                        Map.of(HttpHeaders.ACCEPT_ENCODING, "gzip, identity"));
        };
    }
}
