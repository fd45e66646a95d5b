package dev.idem.core.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.connect.RedisConnections;
import dev.idem.core.connect.RedisTarget;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Origin;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreContract;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class RedisStoreIT extends StoreContract {
    private final UnifiedJedis redis;
    private final RedisStore store;

    RedisStoreIT(TestRedis server) {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(server.url(), null);
        redis = new RedisConnections(Duration.ofSeconds(5), 64).open(target);
        store = new RedisStore(() -> redis, server.keyPrefix());
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Test
    void aServerThatForgotTheScriptsIsTaughtAgain() {
        ClaimRequest request = new ClaimRequest(
                new RecordId(new Scope("user:1"), "k"),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                new Origin("node", "POST /"));
        redis.scriptFlush();
        Lease lease = ((Claim.Acquired) store.claim(request)).lease();
        redis.scriptFlush();

        assertThat(store.claim(request)).isEqualTo(new Claim.Acquired(lease));
        redis.scriptFlush();
        assertThat(store.abandon(lease)).isTrue();
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
