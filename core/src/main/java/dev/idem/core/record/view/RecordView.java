package dev.idem.core.record.view;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.SeenRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as operators and their programs see it. Ages are by its store's clock, at the time of reading.
 *
 * @param store the name of the store that keeps it
 * @param state processing, completed or held, see {@link RecordState}
 * @param leaseAgeMs since the claim
 * @param heartbeatAgeMs since the owner's last heartbeat
 * @param windowMs how long it answers equal requests without a key, from its claim; null if it has a key
 * @param completedAt null while processing
 * @param answer null while processing
 */
public record RecordView(
        String store,
        String scope,
        String key,
        String state,
        boolean stale,
        String owner,
        long fencing,
        int attempt,
        String node,
        String route,
        String fingerprint,
        String claimedAt,
        String heartbeatAt,
        long leaseAgeMs,
        long heartbeatAgeMs,
        long lockTimeoutMs,
        @Nullable Long windowMs,
        @Nullable String completedAt,
        String expiresAt,
        String readAt,
        @Nullable AnswerView answer) {

    /** @param store the name of the store that keeps it */
    public static RecordView of(String store, SeenRecord record) {
        return new RecordView(
                store,
                record.id().scope().value(),
                record.id().key(),
                RecordState.of(record).label(),
                record.stale(),
                record.owner().toString(),
                record.fencing(),
                record.attempt(),
                record.origin().node(),
                record.origin().route(),
                record.fingerprint().toString(),
                record.claimedAt().toString(),
                record.heartbeatAt().toString(),
                age(record.claimedAt(), record.readAt()),
                age(record.heartbeatAt(), record.readAt()),
                record.lockTimeout().toMillis(),
                record.window().map(Duration::toMillis).orElse(null),
                record.completedAt().map(Instant::toString).orElse(null),
                record.expiresAt().toString(),
                record.readAt().toString(),
                AnswerView.of(record));
    }

    public RecordId id() {
        return new RecordId(new Scope(scope), key);
    }

    private static long age(Instant then, Instant now) {
        return Duration.between(then, now).toMillis();
    }
}
