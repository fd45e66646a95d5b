package dev.idem.ops.scale;

import static org.awaitility.Awaitility.await;

import dev.idem.core.record.RecordId;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.ops.Tables;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.verification.scale.FillPlan;
import dev.idem.verification.scale.FillStores;
import dev.idem.verification.scale.RecordSeries;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Both stores of a service, filled. */
final class Installation implements AutoCloseable {
    private static final String KEY_PREFIX = "idem:";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String redisUrl;
    private final String jdbcUrl;
    private final Jdbi database;
    private final UnifiedJedis redis;
    private final RecordSeries records;

    Installation(TestRedis place, TestDatabase server, FillPlan plan) {
        redisUrl = place.url();
        jdbcUrl = server.filledOnce("tables", Tables::createIn).jdbcUrl();
        database = Jdbi.create(jdbcUrl);
        redis = RedisConnections.open((RedisTarget.External) RedisTarget.parse(redisUrl, null), PATIENCE);
        records = new FillStores(database, redis, KEY_PREFIX).with(plan);
    }

    /** What leads the service and the tool to these stores. */
    Map<String, String> environment() {
        return Map.of(
                "REDIS_URL", redisUrl,
                "DATABASE_URL", jdbcUrl,
                "JWT_SECRET", "a secret that only this test has, 32 bytes");
    }

    int size() {
        return records.size();
    }

    /** A key that is stored. */
    RecordId someKey() {
        for (int number = 0; ; number++) {
            RecordId id = records.record(number).id();
            if (!id.isWithoutKey()) {
                return id;
            }
        }
    }

    /** What the stores have done, once nobody is connected to PostgreSQL but this test: sessions report when they end. */
    Work work() {
        await().atMost(PATIENCE)
                .until(() -> database.withHandle(handle -> handle.createQuery(
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                                .mapTo(Integer.class)
                                .one())
                        == 0);
        return Work.now(redis, database);
    }

    /** FLUSHDB */
    void emptyRedis() {
        redis.flushDB();
    }

    @Override
    public void close() {
        redis.close();
    }
}
