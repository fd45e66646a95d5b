package dev.idem.core.reconcile;

import dev.idem.core.record.Consistency;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One record as both stores have it, each read at its own moment. */
public record RecordPair(RecordId id, Optional<StoredRecord> redis, Optional<StoredRecord> postgres) {

    static RecordPair of(RecordId id, @Nullable StoredRecord redis, @Nullable StoredRecord postgres) {
        return new RecordPair(id, Optional.ofNullable(redis), Optional.ofNullable(postgres));
    }

    /**
     * How they disagree. Heartbeats and times do not count. Neither does a record of PostgreSQL that
     * {@linkplain #isNeededInRedis Redis need not have}.
     */
    public Optional<Difference> difference() {
        if (redis.isEmpty()) {
            return postgres.filter(RecordPair::isNeededInRedis).map(record -> Difference.MISSING_IN_REDIS);
        }
        return postgres.map(record -> between(redis.get(), record))
                .orElse(Optional.of(Difference.MISSING_IN_POSTGRESQL));
    }

    /**
     * Whether a repeat could execute because Redis lacks this record of PostgreSQL. Not if it is a lease, which PostgreSQL itself
     * grants on {@code strict} routes; nor if its answer may still change, because it has a window or an unknown outcome; nor on a
     * {@code strict} route, where PostgreSQL answers repeats and Redis has a copy at most.
     */
    static boolean isNeededInRedis(SeenRecord inPostgres) {
        return inPostgres.isFinal()
                && inPostgres
                        .origin()
                        .consistency()
                        .filter(Consistency.STRICT::equals)
                        .isEmpty();
    }

    private static Optional<Difference> between(StoredRecord redis, StoredRecord postgres) {
        if (redis.state() != postgres.state()) {
            return Optional.of(Difference.STATE);
        }
        if (!redis.answer().equals(postgres.answer())) {
            return Optional.of(Difference.ANSWER);
        }
        boolean sameLease = redis.owner().equals(postgres.owner()) && redis.fencing() == postgres.fencing();
        return sameLease || redis.answer().isPresent() ? Optional.empty() : Optional.of(Difference.LEASE);
    }
}
