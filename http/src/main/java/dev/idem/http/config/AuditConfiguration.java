package dev.idem.http.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail.
 *
 * @param enabled if false, this node writes no events but those of operators' commands
 * @param retention how long events are kept, at least a day; default 30 days
 * @param queue how many events may wait to be written, 1 to 1,000,000; default 10,000
 */
public record AuditConfiguration(
        @Nullable Boolean enabled,
        @Nullable Duration retention,

        @JsonDeserialize(using = WholeNumberDeserializer.class) @Nullable
        Integer queue) {
    public static final AuditConfiguration DEFAULT = new AuditConfiguration(null, null, null);

    private static final int DEFAULT_QUEUE = 10_000;
    private static final int MOST_QUEUED = 1_000_000;
    private static final java.time.Duration DEFAULT_RETENTION = java.time.Duration.ofDays(30);

    public AuditConfiguration {
        if (queue != null && (queue < 1 || queue > MOST_QUEUED)) {
            throw new IllegalArgumentException(
                    "idempotency.audit.queue must be 1 to " + MOST_QUEUED + ", not " + queue);
        }
        if (retention != null && retention.toJavaDuration().compareTo(java.time.Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("idempotency.audit.retention must be 1d or more, not " + retention);
        }
    }

    public boolean isEnabled() {
        return enabled == null || enabled;
    }

    public java.time.Duration retentionOrDefault() {
        return retention == null ? DEFAULT_RETENTION : retention.toJavaDuration();
    }

    public int queueOrDefault() {
        return queue == null ? DEFAULT_QUEUE : queue;
    }
}
