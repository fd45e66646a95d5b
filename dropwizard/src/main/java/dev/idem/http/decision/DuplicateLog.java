package dev.idem.http.decision;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
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
 * One line for each repeat that did not take effect again, as names and values. Keys and callers appear as hashes only. The
 * age is by this node's clock and the store's, and so as exact as they agree; nothing depends on it.
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

    /** In shadow: the repeat took effect again, and the line says what would have been done. */
    static DuplicateLog onlySeen() {
        return new DuplicateLog("duplicate seen in shadow");
    }

    void write(IncomingRequest request, String route, Layer layer, Outcome outcome, RecordId id, Claim.Replay replay) {
        write(request, route, layer, outcome, id, replay.completedAt(), replay.store());
    }

    void write(
            IncomingRequest request, String route, Layer layer, Outcome outcome, RecordId id, Claim.InFlight inFlight) {
        write(request, route, layer, outcome, id, inFlight.since(), inFlight.store());
    }

    private void write(
            IncomingRequest request,
            String route,
            Layer layer,
            Outcome outcome,
            RecordId id,
            Instant since,
            String store) {
        if (log.isInfoEnabled()) {
            String record = id.logHash();
            String caller = id.scope().logHash();
            String trace = trace(request.header("traceparent"));
            long age = Duration.between(since, Instant.now()).toMillis();
            new LogFields(Map.of(
                            "outcome", outcome.label(),
                            "layer", layer.label(),
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
                            layer.label(),
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
