package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.testing.linear.Race;
import dev.idem.testing.linear.TwoStepStore;
import dev.idem.verification.support.RandomForm;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class RedisLinearizabilityIT {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int ROUNDS = FORM.length(1_000, 10_000);

    private final UnifiedJedis redis;
    private final String keyPrefix;

    RedisLinearizabilityIT(TestRedis server) {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(server.url(), null);
        redis = new RedisConnections(Duration.ofSeconds(5), 8).open(target);
        keyPrefix = server.keyPrefix();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void stepsOnRedisAreAsIfOneCameAfterTheOther() throws Exception {
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> redis, keyPrefix);
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);

        try (Race race =
                new Race(new RedisStore(() -> redis, keyPrefix, () -> Optional.of(generation)), FORM.random())) {
            race.run(ROUNDS);
        }
    }

    @Test
    void asManyRoundsFindOutAStoreThatLooksUpAndThenPuts() {
        try (Race race = new Race(new TwoStepStore(), FORM.random())) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> race.run(ROUNDS))
                    .withMessageContaining("no order explains");
        }
    }
}
