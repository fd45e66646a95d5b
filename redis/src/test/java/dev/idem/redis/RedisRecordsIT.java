package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Found;
import dev.idem.core.store.RecordAdministrationContract;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class RedisRecordsIT extends RecordAdministrationContract {
    private static final int FEW = 20;

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

    @Test
    void anotherApplicationsNamesDoNotMakeASearchPartial() {
        Scope scope = new Scope("user:" + UUID.randomUUID());
        for (int number = 0; number < FEW; number++) {
            assertThat(store.claim(Sample.of(scope, "key-" + number).request())).isInstanceOf(Claim.Acquired.class);
            redis.set("cache:" + number, "foreign");
        }
        Depth enough = new Depth(FEW);
        Depth tooLittle = new Depth(FEW - 1);

        Found found = records.findByKey("key-1", FEW, enough);
        assertThat(found.whole()).isTrue();
        assertThat(found.heads()).extracting(RecordHead::id).containsExactly(new RecordId(scope, "key-1"));
        assertThat(records.newest(scope, Optional.empty(), FEW, enough).heads()).hasSize(FEW);
        assertThat(records.findByKey("key-1", FEW, tooLittle)).isEqualTo(new Found(List.of(), false));
        assertThat(records.newest(scope, Optional.empty(), FEW, tooLittle)).isEqualTo(new Found(List.of(), false));
        assertThat(records.findByKey("key-1", FEW, Depth.WHOLE).whole()).isTrue();
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
