package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.core.store.recovery.JournalGaps.Notes;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.core.store.recovery.RecoveryTurn.Progress;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.OwnKey;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Another program has taken a key that is not a record's: Redis is unavailable until that is removed, and the key is named. */
@ExtendWith(ServersExtension.class)
final class ForeignKeysIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Installation OURS = new Installation("ours", "orders");

    private final UnifiedJedis redis;
    private final String prefix;
    private final RedisProbe probe;

    ForeignKeysIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        prefix = server.keyPrefix();
        probe = new RedisProbe(() -> redis, prefix);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private List<OwnKey> keys() {
        RedisKeys keys = new RedisKeys(prefix);
        return Stream.of(0, 15).flatMap(bucket -> keys.own(bucket).stream()).toList();
    }

    private static boolean isForeign(Throwable failure, String key) {
        return failure instanceof StoreUnavailableException unavailable
                && unavailable.reason() == UnavailableReason.FOREIGN_KEY
                && unavailable.why().contains("the key " + key + " has a list, and must have ")
                && unavailable.advice().contains("DEL");
    }

    @Test
    void theProbeNamesEachOfThem() {
        for (OwnKey key : keys()) {
            redis.rpush(key.name(), "theirs");
            assertThatThrownBy(() -> probe.run(false))
                    .as(key.name())
                    .matches(failure -> isForeign(failure, key.name()));
            redis.del(key.name());
            probe.run(false);
        }
    }

    /** In each task of a node that reads or writes one of them. */
    @Test
    void eachUseOfThemSaysThatRedisIsUnavailable() {
        Generation generation = Generation.next();
        RedisMarkers markers = new RedisMarkers(() -> redis, prefix);
        markers.beginRefill(Generation.next(), generation);
        markers.trust(generation);
        RedisFastStore store = new RedisFastStore(() -> redis, prefix);
        store.owner().take(OURS);
        markers.beginRefill(Generation.next(), generation);
        markers.trust(generation);
        JournalGaps gaps = store.journalGaps();
        RecoveryTurn turn = store.recoveryTurn();
        Notes notes = new Notes(Instant.EPOCH, Map.of("node", "0:note"));
        List<Runnable> uses = List.of(
                () -> store.owner().find(),
                () -> store.owner().claim(OURS),
                () -> store.owner().nodes(),
                () -> store.markers().lossOf(generation),
                () -> store.deletions(),
                () -> gaps.alive(SECOND),
                gaps::note,
                gaps::notes,
                () -> gaps.settled(notes),
                gaps::leave,
                () -> turn.take(SECOND),
                () -> turn.keep(new Progress(notes, "0", 0), SECOND),
                turn::left,
                turn::release);

        for (OwnKey key : keys()) {
            Optional<byte[]> kept = Optional.ofNullable(
                    key.type().equals("string") ? redis.get(key.name().getBytes(US_ASCII)) : null);
            redis.del(key.name());
            redis.rpush(key.name(), "theirs");
            for (Runnable use : uses) {
                try {
                    use.run();
                } catch (StoreUnavailableException e) {
                    assertThat(e).as(key.name()).matches(failure -> isForeign(failure, key.name()));
                }
            }
            redis.del(key.name());
            kept.ifPresent(value -> redis.set(key.name().getBytes(US_ASCII), value));
        }
    }

    /** Such as an argument that is no number. */
    @Test
    void aMistakeOfOursIsNoForeignKey() {
        ForeignKeys foreign = new ForeignKeys(() -> redis, new RedisKeys(prefix));
        byte[] ofNobody = (prefix + "of-nobody").getBytes(US_ASCII);
        redis.set(ofNobody, "text".getBytes(US_ASCII));

        assertThatThrownBy(() -> foreign.translate(() -> redis.incr(ofNobody))).isInstanceOf(JedisDataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "1.5", "", "99999999999999999999"})
    void aCountThatIsNoNumberIsNamed(String text) {
        String count = new String(new RedisKeys(prefix).deletions(), US_ASCII);
        redis.set(count, text);

        assertThatThrownBy(() -> probe.run(false)).hasMessageContaining(count).hasMessageContaining("a whole number");
        assertThatThrownBy(() -> new RedisDeletions(() -> redis, prefix).count())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(count);
        assertThatThrownBy(() -> new RedisDeletions(() -> redis, prefix).add())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(count);
    }
}
