package dev.idem.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.UnifiedJedis;

/** The store itself knows the copies for answered records. */
@ExtendWith(ServersExtension.class)
class LiveKeysIT {
    private static final int COUNT = 300;
    private static final Filter ALL = new Filter(RecordState.COMPLETED, null, null, 1_000);

    private final Requests requests = new Requests(Duration.ofHours(1));

    @Test
    void redisHoldsThemAll(TestRedis place) throws Exception {
        try (UnifiedJedis client = new RedisConnections(Duration.ofSeconds(2), 2)
                .open((RedisTarget.External) RedisTarget.parse(place.url(), null))) {
            Generation generation = Generation.next();
            RedisMarkers trust = new RedisMarkers(() -> client, place.keyPrefix());
            boolean unused = trust.beginRefill(Generation.next(), generation);
            trust.trust(generation);
            RedisStore store = new RedisStore(() -> client, place.keyPrefix(), () -> Optional.of(generation));
            requests.first(store);

            LiveKeys.inRedis(client, place.keyPrefix(), COUNT);

            assertThat(count(new RedisRecords(() -> client, place.keyPrefix()))).isEqualTo(COUNT + 1);
        }
    }

    @Test
    void postgresHoldsThemAllAndReplaysThem(TestDatabase place) throws IOException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(place.jdbcUrl());
        new Schema(database).update();
        Jdbi jdbi = Jdbi.create(database);
        PostgresStore store = PostgresStore.always(jdbi);
        requests.first(store);

        LiveKeys.inPostgres(jdbi, COUNT);

        RecordAdministration records = new PostgresRecords(jdbi);
        assertThat(count(records)).isEqualTo(COUNT + 1);
        RecordId one = records.list(ALL, null).records().get(0).id();
        assertThat(requests.repeat(store, one)).isInstanceOf(Claim.Replay.class);
    }

    private static int count(RecordAdministration records) {
        int count = 0;
        String cursor = null;
        do {
            RecordAdministration.Page page = records.list(ALL, cursor);
            count += page.records().size();
            cursor = page.next();
        } while (cursor != null);
        return count;
    }
}
