package dev.idem.redis;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministrationContract;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class RedisRecordsIT extends RecordAdministrationContract {
    private final UnifiedJedis redis;
    private final RedisStore store;
    private final RedisRecords records;

    RedisRecordsIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        Generation generation = Generation.next();
        RedisMarkers markers = new RedisMarkers(() -> redis, server.keyPrefix());
        markers.beginRefill(Generation.next(), generation);
        markers.trust(generation);
        store = new RedisStore(() -> redis, server.keyPrefix(), () -> Optional.of(generation));
        records = new RedisRecords(() -> redis, server.keyPrefix());
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Override
    protected RecordAdministration records() {
        return records;
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
