package dev.idem.gateway;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests that servers interpret differently, such as a method in lower case or a body that only some servers
 * decode. A proxy in front of this one, or the upstream, could take such a request for another one. The refusal closes
 * the connection.
 */
final class AmbiguousRequest {
    /** RFC 9110, section 9, and RFC 5789. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private AmbiguousRequest() {}

    static Optional<Refusal> of(Request request) {
        return ofMethod(request.getMethod()).or(() -> ofFraming(request));
    }

    /** Methods are case-sensitive (RFC 9110, section 9.1). */
    private static Optional<Refusal> ofMethod(String method) {
        if (METHODS.contains(method)) {
            return Optional.empty();
        }
        String meant = method.toUpperCase(Locale.ROOT);
        return METHODS.contains(meant)
                ? refuse(
                        ProblemType.INVALID_REQUEST,
                        "Unknown method " + method + ". Methods are case-sensitive: send " + meant + '.')
                : Optional.empty();
    }

    /** RFC 9112, sections 6.1 and 7. */
    private static Optional<Refusal> ofFraming(Request request) {
        HttpFields headers = request.getHeaders();
        if (!headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return Optional.empty();
        }
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
            return refuse(
                    ProblemType.INVALID_REQUEST,
                    "HTTP/1.0 has no Transfer-Encoding. Send a Content-Length, or use HTTP/1.1.");
        }
        List<String> codings = headers.getValuesList(HttpHeader.TRANSFER_ENCODING);
        return codings.size() == 1 && HttpHeaderValue.CHUNKED.is(codings.get(0))
                ? Optional.empty()
                : refuse(
                        ProblemType.TRANSFER_CODING_NOT_SUPPORTED,
                        "Unsupported transfer coding: " + String.join(", ", codings)
                                + ". Send the body as chunked alone, or with a" + " Content-Length.");
    }

    private static Optional<Refusal> refuse(ProblemType type, String detail) {
        return Optional.of(new Refusal(
                Problem.of(type, detail, null),
                Map.of(HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString())));
    }
}
