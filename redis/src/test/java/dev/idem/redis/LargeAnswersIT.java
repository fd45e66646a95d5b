package dev.idem.redis;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordCopy;
import dev.idem.core.store.RecordCopyContract;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class LargeAnswersIT extends RecordCopyContract {
    private static final Pattern SENT = Pattern.compile("total_net_output_bytes:(\\d+)");

    private final UnifiedJedis redis;
    private final RedisStore store;
    private final RedisCopy copy;
    private final RedisRecords records;

    LargeAnswersIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        Generation generation = Generation.next();
        RedisMarkers markers = new RedisMarkers(() -> redis, server.keyPrefix());
        markers.beginRefill(Generation.next(), generation);
        markers.trust(generation);
        store = new RedisStore(() -> redis, server.keyPrefix(), () -> Optional.of(generation));
        copy = new RedisCopy(() -> redis, server.keyPrefix());
        records = new RedisRecords(() -> redis, server.keyPrefix());
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Override
    protected RecordCopy copy() {
        return copy;
    }

    @Override
    protected RecordAdministration records() {
        return records;
    }

    @Override
    protected long bytesRead() {
        Matcher sent = SENT.matcher(redis.info("stats"));
        return sent.find() ? Long.parseLong(sent.group(1)) : 0;
    }

    @AfterAll
    void close() {
        redis.close();
    }
}
