package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.Installation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
final class RedisOwnerIT {
    private static final Installation OURS = new Installation("ours", "orders");
    private static final Installation OTHER = new Installation("other", "copy of orders");
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");

    private final UnifiedJedis redis;
    private final String prefix;
    private boolean away;

    RedisOwnerIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        prefix = server.keyPrefix();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void theFirstOwnsItAndAllItsNodesFindThatOut() {
        assertThat(store().owner().find()).isEmpty();

        assertThat(store().owner().claim(OURS)).isEqualTo(OURS);
        assertThat(store().owner().claim(OURS)).isEqualTo(OURS);
        assertThat(store().owner().claim(OTHER)).isEqualTo(OURS);
        assertThat(store().owner().find()).contains(OURS);
    }

    @Test
    void ofManyThatStartTogetherOneInstallationWins() {
        List<Installation> owners = IntStream.range(0, 40)
                .parallel()
                .mapToObj(number -> store().owner().claim(number % 2 == 0 ? OURS : OTHER))
                .map(Installation::id)
                .distinct()
                .map(id -> new Installation(id, ""))
                .toList();

        assertThat(owners).hasSize(1);
    }

    @Test
    void aStrangerCanNeitherReadNorWriteThere() {
        RedisFastStore strangers = store();
        store().owner().claim(OURS);
        strangers.owner().claim(OTHER);

        assertThatThrownBy(() -> strangers.records().find(ID))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("belongs to another installation, with the database orders");
        assertThatThrownBy(() -> strangers.markers().beginRefill(Generation.next(), Generation.next()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> strangers.journalGaps().note()).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> strangers.copy().heads(List.of(ID))).isInstanceOf(StoreUnavailableException.class);
        assertThat(strangers.owner().find()).contains(OURS);
    }

    @Test
    void nothingIsReadUntilItIsKnownWhoseItIs() {
        RedisFastStore store = store();
        away = true;
        assertThatThrownBy(() -> store.owner().claim(OURS)).isInstanceOf(StoreUnavailableException.class);
        away = false;
        assertThatThrownBy(() -> store.records().find(ID)).hasMessage("redis: away");

        store.owner().claim(OURS);
        assertThat(store.records().find(ID)).isEmpty();
        away = true;
        assertThatThrownBy(() -> store.owner().claim(OURS)).isInstanceOf(StoreUnavailableException.class);
        away = false;
        assertThat(store.records().find(ID)).isEmpty();
    }

    @Test
    void nothingIsReadBeforeTheFirstClaim() {
        RedisFastStore store = store();
        store.owner().closeUntilClaimed();
        assertThatThrownBy(() -> store.records().find(ID)).hasMessageContaining("not known yet whose it is");

        store.owner().claim(OURS);
        store.owner().closeUntilClaimed();
        assertThat(store.records().find(ID)).isEmpty();
    }

    @Test
    void theLongerIdOfTheSameInstallationTakesThePlaceOfAShorterOne() {
        Installation shorter = new Installation("ours/1", "orders");
        Installation longer = new Installation("ours/1/7", "orders on its server");
        store().owner().claim(shorter);

        assertThat(store().owner().claim(longer)).isEqualTo(longer);
        assertThat(store().owner().claim(shorter)).isEqualTo(longer);
        assertThat(store().owner().claim(new Installation("ours/1/8", "a copy")))
                .isEqualTo(longer);
    }

    @Test
    void whoTakesItEndsItsGeneration() {
        RedisFastStore store = store();
        store.owner().claim(OURS);
        Generation generation = Generation.next();
        store.markers().beginRefill(Generation.next(), generation);
        store.markers().trust(generation);
        assertThat(store.markers().isIntact(generation)).isTrue();

        store().owner().take(OTHER);

        assertThat(store().owner().find()).contains(OTHER);
        assertThat(store.markers().isIntact(generation)).isFalse();
        assertThat(store.owner().claim(OURS)).isEqualTo(OTHER);
    }

    @Test
    void livingNodesAreCounted() {
        RedisFastStore store = store();
        assertThat(store.owner().nodes()).isZero();

        store.journalGaps().alive(Duration.ofSeconds(3));
        store.journalGaps().alive(Duration.ofSeconds(3));

        assertThat(store.owner().nodes()).isEqualTo(2);
    }

    private RedisFastStore store() {
        return new RedisFastStore(
                () -> {
                    if (away) {
                        throw new StoreUnavailableException("redis", "away");
                    }
                    return redis;
                },
                prefix);
    }
}
