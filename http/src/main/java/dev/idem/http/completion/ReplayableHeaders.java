package dev.idem.http.completion;

import dev.idem.core.record.answer.RecordedResponse.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Separates the headers of an answer from those of one transmission. */
public final class ReplayableHeaders {
    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> OF_ONE_TRANSMISSION = Set.of(
            // frame or encode the body
            "content-length",
            "content-encoding",
            // belong to the moment, the session or the trace
            "date",
            "age",
            "server",
            "set-cookie",
            "traceparent",
            "tracestate",
            "baggage",
            "x-request-id",
            "x-correlation-id",
            "b3",
            // set on each response
            "idempotency-key",
            "idempotent-replayed");

    private static final String CORS = "access-control-";
    private static final String ZIPKIN_TRACE = "x-b3-";

    private ReplayableHeaders() {}

    /** The headers of an answer, of all that were sent with it. */
    public static List<Header> of(Map<String, List<String>> headers) {
        List<Header> replayable = new ArrayList<>();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (belongsToTheAnswer(header.getKey())) {
                header.getValue().forEach(value -> replayable.add(new Header(header.getKey(), value)));
            }
        }
        return replayable;
    }

    /** Whether a replay repeats a header with this name, in any case. */
    public static boolean belongsToTheAnswer(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !isOfOneConnection(name)
                && !OF_ONE_TRANSMISSION.contains(name)
                && !name.startsWith(CORS)
                && !name.startsWith(ZIPKIN_TRACE);
    }

    /**
     * Whether a header concerns one connection only (RFC 9110, section 7.6.1).
     *
     * @param name in lower case
     */
    public static boolean isOfOneConnection(String name) {
        return OF_ONE_CONNECTION.contains(name);
    }
}
