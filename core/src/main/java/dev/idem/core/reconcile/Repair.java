package dev.idem.core.reconcile;

import dev.idem.core.journal.JournalEntry;
import dev.idem.core.journal.JournalEntry.Freed;
import dev.idem.core.record.Answer;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.redis.RedisAnswers;
import dev.idem.redis.RedisCopy;
import dev.idem.redis.RedisRecords;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Brings one store what only the other knows. All rules are those of {@code merge.sql}, {@code remember.lua} and {@code
 * resolve.lua}, which decide anew in the moment of writing; nothing here writes over an answer or ends a lease that a
 * store holds alone. Leases are told to PostgreSQL only while Redis decides, for else PostgreSQL knows the later state.
 */
final class Repair {
    private final RedisCopy redis;
    private final RedisAnswers answers;
    private final RedisRecords redisRecords;
    private final PostgresJournalWriter postgres;
    private final BooleanSupplier redisDecides;

    Repair(
            RedisCopy redis,
            RedisAnswers answers,
            RedisRecords redisRecords,
            PostgresJournalWriter postgres,
            BooleanSupplier redisDecides) {
        this.redis = redis;
        this.answers = answers;
        this.redisRecords = redisRecords;
        this.postgres = postgres;
        this.redisDecides = redisDecides;
    }

    void attempt(List<RecordPair> pairs) {
        boolean leasesToo = redisDecides.getAsBoolean();
        List<StoredRecord> toPostgres = pairs.stream()
                .flatMap(pair -> pair.redis().stream())
                .filter(record -> leasesToo || record.state() == State.COMPLETED)
                .toList();
        postgres.merge(toPostgres.stream().map(JournalEntry::of).toList());
        takeBackWhatWasFreed(toPostgres);
        pairs.forEach(this::tellRedis);
    }

    /** A lease that was given back while it was on its way would lock the key: its end may have been told before it. */
    private void takeBackWhatWasFreed(List<StoredRecord> told) {
        List<StoredRecord> leases = told.stream()
                .filter(record -> record.state() == State.PROCESSING)
                .toList();
        Set<RecordId> held = redis.find(leases.stream().map(StoredRecord::id).toList()).stream()
                .map(StoredRecord::id)
                .collect(Collectors.toSet());
        postgres.merge(leases.stream()
                .filter(record -> !held.contains(record.id()))
                .map(Repair::freed)
                .toList());
    }

    private static JournalEntry freed(StoredRecord record) {
        return new JournalEntry(
                record.id(), Set.of(new Freed(record.owner(), record.fencing(), false)), Optional.empty());
    }

    private void tellRedis(RecordPair pair) {
        Optional<StoredRecord> known = pair.postgres().filter(StoredRecord::isFinal);
        if (known.isEmpty()) {
            return;
        }
        Optional<StoredRecord> unknown = pair.redis().filter(StoredRecord::outcomeUnknown);
        if (unknown.isPresent()) {
            Answer answer = known.get().answer().orElseThrow();
            boolean unusedResolved = redisRecords.resolve(unknown.get(), answer);
        } else if (pair.redis().flatMap(StoredRecord::window).isEmpty()) {
            answers.remember(known.get());
        }
    }
}
