package dev.idem.service;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Claims of another node, in the stores of a running service. */
final class PlantedRecords implements AutoCloseable {
    private static final Duration ALIVE = Duration.ofMinutes(5);
    private static final Duration DEAD_AT_ONCE = Duration.ofMillis(1);

    private final UnifiedJedis client;
    private final RedisStore redis;
    private final PostgresJournalWriter journal;

    PlantedRecords(TestRedis place, TestDatabase database) {
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(2));
        Jdbi jdbi = Jdbi.create(database.jdbcUrl());
        PostgresTrustRow trust = new PostgresTrustRow(jdbi, "other-node");
        journal = new PostgresJournalWriter(jdbi);
        redis = new RedisStore(
                () -> client, place.keyPrefix(), () -> Optional.of(trust.read().generation()));
    }

    /** One whose owner lives for the next minutes. */
    void live(String scope, String key) {
        Claim unused = claim(scope, key, ALIVE);
    }

    /** One whose owner is dead a millisecond later, in both stores. */
    void dead(String scope, String key) {
        Claim claim = claim(scope, key, DEAD_AT_ONCE);
        journal.merge(List.of(JournalEntry.claimed(((Claim.Acquired) claim).lease())));
    }

    /** One of which nobody knows whether its request took effect, in both stores. */
    void held(String scope, String key) {
        Lease lease = ((Claim.Acquired) claim(scope, key, ALIVE)).lease();
        if (!redis.complete(lease, AnswerNotStored.OUTCOME_UNKNOWN)) {
            throw new IllegalStateException("the lease was lost");
        }
        journal.merge(List.of(JournalEntry.completed(lease, AnswerNotStored.OUTCOME_UNKNOWN)));
    }

    private Claim claim(String scope, String key, Duration lockTimeout) {
        return redis.claim(new ClaimRequest(
                new RecordId(new Scope(scope), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                lockTimeout,
                Duration.ofHours(1),
                new ClaimOrigin("other-node", "POST /planted"),
                Consistency.FAST));
    }

    @Override
    public void close() {
        client.close();
    }
}
