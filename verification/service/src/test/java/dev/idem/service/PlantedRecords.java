package dev.idem.service;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Claims of another node, in the Redis that a running service trusts. */
final class PlantedRecords implements AutoCloseable {
    private static final Duration ALIVE = Duration.ofMinutes(5);
    private static final Duration DEAD_AT_ONCE = Duration.ofMillis(1);

    private final UnifiedJedis client;
    private final RedisStore redis;

    PlantedRecords(TestRedis place, TestDatabase database) {
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(2));
        PostgresTrustRow trust = new PostgresTrustRow(Jdbi.create(database.jdbcUrl()), "other-node");
        redis = new RedisStore(
                () -> client, place.keyPrefix(), () -> Optional.of(trust.read().generation()));
    }

    /** One whose owner lives for the next minutes. */
    void live(String scope, String key) {
        claim(scope, key, ALIVE);
    }

    /** One whose owner is dead a millisecond later. */
    void dead(String scope, String key) {
        claim(scope, key, DEAD_AT_ONCE);
    }

    private void claim(String scope, String key, Duration lockTimeout) {
        var unused = redis.claim(new ClaimRequest(
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
