package dev.idem.service.body;

import dev.idem.dropwizard.body.LimitedInputStream;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.servlet.BodyRecording;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes request bodies instead of the server, which accepts truncated gzip. Refuses unknown encodings (RFC 9110,
 * section 15.5.16). Limits the decoded body to the largest that any resource accepts, since few bytes may decode to
 * very many. Thread-safe.
 */
@PreMatching
public final class ContentDecodingFilter implements ContainerRequestFilter {
    private final long most;

    /** @param most the largest body of a protected request, in bytes; larger limits of its own rules apply */
    public ContentDecodingFilter(long most) {
        this.most = most + 1;
    }

    /** Called before the server is built; otherwise the server would decode bodies itself. */
    public static void areNotDecodedBy(AbstractServerFactory server) {
        server.getGzipFilterFactory().setBufferSize(DataSize.bytes(0));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        UnaryOperator<InputStream> decoder = decoder(request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
        BodyRecording.readThrough(
                request,
                body -> new LimitedInputStream(
                        decoder.apply(body), most, "The body is larger than any that is accepted here."));
    }

    private static UnaryOperator<InputStream> decoder(@Nullable String coding) {
        return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> UnaryOperator.identity();
            case "gzip", "x-gzip" -> GzipRequestStream::new;
            default ->
                throw new ProblemException(
                        Problem.of(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "The body's Content-Encoding is not supported. Send it as gzip, or not encoded.",
                                null),
                        Map.of(HttpHeaders.ACCEPT_ENCODING, "gzip, identity"));
        };
    }
}
