package dev.idem.core.operations;

import dev.idem.core.reconcile.Difference;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.view.NextRequestOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A summary of one record over both stores.
 *
 * @param decides the store that is authoritative on most routes; null if unknown
 * @param agree whether reconciliation would find no difference; null if a store is unavailable, or cannot read the record
 * @param difference reconciliation's name for the difference; null if there is none
 * @param unreadable the stores in which this record cannot be read
 * @param fast what the next repeat gets on a {@code fast} route; null if its store is unavailable, or cannot read the record
 * @param strict the same on a {@code strict} route
 * @param consistency of the record's own route; null if the stores do not know it
 * @param next what the next repeat gets there; null if that is unknown
 */
public record RecordVerdict(
        String scope,
        String key,
        @Nullable String decides,
        @Nullable Boolean agree,
        @Nullable String difference,
        List<String> unreadable,
        @Nullable Next fast,
        @Nullable Next strict,
        @Nullable Consistency consistency,
        @Nullable Next next) {

    /**
     * What the next repeat gets.
     *
     * @param outcome {@code executes}, {@code replayed}, {@code waits} or {@code refused}
     * @param status the HTTP status; null if it is not known yet
     * @param text a description that continues "the next repeat"
     */
    public record Next(String outcome, @Nullable Integer status, String text) {
        private static Next after(Optional<StoredRecord> deciding) {
            NextRequestOutcome next = NextRequestOutcome.after(deciding);
            return new Next(next.outcome().label(), next.status(), next.words());
        }
    }

    /**
     * Which stores have answered.
     *
     * @param unreadable those that have something there which cannot be read
     */
    record Answered(boolean redis, boolean postgres, List<String> unreadable) {
        boolean both() {
            return redis && postgres;
        }
    }

    /** @param redisDecides whether Redis is authoritative on fast routes; empty if unknown */
    static RecordVerdict of(
            RecordPair pair, Answered answered, Optional<String> decides, Optional<Boolean> redisDecides) {
        Optional<String> difference = answered.both() ? pair.difference().map(RecordVerdict::word) : Optional.empty();
        Next strict = Next.after(pair.redis().filter(StoredRecord::isFinal).or(pair::postgres));
        // A store that answers alone is assumed to be authoritative.
        boolean byRedis = redisDecides.orElse(answered.redis());
        boolean known = byRedis ? answered.redis() : answered.postgres();
        @Nullable Next onFast = !known ? null : byRedis ? Next.after(pair.redis()) : strict;
        @Nullable Next onStrict = answered.both() ? strict : null;
        @Nullable Consistency own = consistency(pair).orElse(null);
        return new RecordVerdict(
                pair.id().scope().value(),
                pair.id().key(),
                decides.orElse(null),
                answered.both() ? difference.isEmpty() : null,
                difference.orElse(null),
                answered.unreadable(),
                onFast,
                onStrict,
                own,
                own == null
                        ? (Objects.equals(onFast, onStrict) ? onFast : null)
                        : own == Consistency.FAST ? onFast : onStrict);
    }

    /** Redis grants leases of fast routes alone. PostgreSQL knows which of its records are of strict ones. */
    private static Optional<Consistency> consistency(RecordPair pair) {
        return pair.redis().filter(record -> record.state() == State.PROCESSING).isPresent()
                ? Optional.of(Consistency.FAST)
                : pair.postgres().flatMap(record -> record.origin().consistency());
    }

    private static String word(Difference difference) {
        return difference.name().toLowerCase(Locale.ROOT);
    }
}
