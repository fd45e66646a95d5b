package dev.idem.http.decision;

import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.log.LogFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of names and values for each repeat that did not take effect again. Keys and callers appear as hashes only.
 * The age compares this node's clock with the store's, and is only as exact as they agree.
 */
final class DuplicateLog {
    private static final Logger log = LoggerFactory.getLogger(DuplicateLog.class);

    /** Version, trace, parent, flags (W3C Trace Context, section 3.2). */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final String event;

    private DuplicateLog(String event) {
        this.event = event;
    }

    static DuplicateLog prevented() {
        return new DuplicateLog("duplicate prevented");
    }

    /** In shadow the repeat took effect again; the line says what would have been decided. */
    static DuplicateLog seenInShadow() {
        return new DuplicateLog("duplicate seen in shadow");
    }

    /** @param since when the first request was claimed or completed */
    void write(
            IncomingRequest request, String route, ClaimTarget target, Outcome outcome, Instant since, String store) {
        if (log.isInfoEnabled()) {
            String layer = target.layer().label();
            String record = target.id().logHash();
            String caller = target.id().scope().logHash();
            String trace = trace(request.header("traceparent"));
            long age = Duration.between(since, Instant.now()).toMillis();
            new LogFields(Map.of(
                            "outcome", outcome.label(),
                            "layer", layer,
                            "record", record,
                            "scope", caller,
                            "route", route,
                            "age_ms", Long.toString(age),
                            "store", store,
                            "trace", trace))
                    .write(() -> log.info(
                            "{}: outcome={} layer={} record={} scope={} route=\"{}\" age_ms={} store={} trace={}",
                            event,
                            outcome.label(),
                            layer,
                            record,
                            caller,
                            route,
                            age,
                            store,
                            trace));
        }
    }

    private static String trace(@Nullable String traceparent) {
        if (traceparent == null) {
            return "-";
        }
        Matcher parts = TRACEPARENT.matcher(traceparent);
        return parts.matches() ? parts.group(1) : "-";
    }
}
