package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisRecords;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** A node whose requests occupy all connections keeps its leases, and nobody takes its Redis for lost. */
class BusyNodeIT extends TwoNodes {

    @BeforeEach
    void begin(TestDatabase database) {
        start(database);
    }

    @Test
    void itKeepsItsLeasesInBothStores() {
        Generation before = generation();
        Lease fast = first.acquire("fast");
        Lease strict = ((Claim.Acquired) first.claim("strict", Consistency.STRICT)).lease();

        first.occupyConnections();

        try (RedisClient client = RedisClient.create(redis.url())) {
            RedisRecords inRedis = new RedisRecords(() -> client, "t:");
            PostgresRecords inPostgres = new PostgresRecords(jdbi);
            await().atMost(LONG)
                    .until(() -> beats(inRedis.find(fast.id()).orElseThrow())
                            && beats(inPostgres.find(strict.id()).orElseThrow()));
        }
        assertThat(second.claim("fast")).isInstanceOf(Claim.InFlight.class);
        assertThat(second.claim("strict", Consistency.STRICT)).isInstanceOf(Claim.InFlight.class);
        assertThat(generation()).isEqualTo(before);
    }

    /** Without heartbeats it would be stale by now. */
    private static boolean beats(StoredRecord record) {
        Instant stale = record.claimedAt().plus(record.lockTimeout());
        return record.heartbeatAt().isAfter(stale);
    }

    private Generation generation() {
        return new PostgresTrustRow(jdbi, "test").read().generation();
    }
}
