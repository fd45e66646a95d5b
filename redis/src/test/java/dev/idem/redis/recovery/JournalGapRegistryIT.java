package dev.idem.redis.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.core.store.recovery.JournalGaps.Notes;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.RedisClock;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** Which nodes have a journal gap, as two nodes see it. */
@ExtendWith(ServersExtension.class)
final class JournalGapRegistryIT {
    /** One silence so long that no node counts as dead, and one so short that every other node does. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration NONE = Duration.ZERO;

    private final UnifiedJedis redis;
    private final String keyPrefix;
    private final JournalGaps one;
    private final JournalGaps other;

    JournalGapRegistryIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        keyPrefix = server.keyPrefix();
        one = new JournalGapRegistry(() -> redis, keyPrefix);
        other = new JournalGapRegistry(() -> redis, keyPrefix);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void aNodeWithAHeartbeatHasNoGap() {
        one.alive(LONG);

        assertThat(other.alive(LONG)).isZero();
        assertThat(other.notes().isEmpty()).isTrue();
    }

    @Test
    void aDeadNodeIsNotedOnceWithItsLastMinute() {
        one.alive(LONG);

        assertThat(other.alive(NONE)).isOne();
        assertThat(other.alive(NONE)).isZero();
        assertThat(other.notes().byNode()).hasSize(1);
        assertThat(other.notes().from()).isBefore(now()).isAfter(now().minus(Duration.ofMinutes(2)));
    }

    @Test
    void aNodeThatLeavesHasNoGap() {
        one.alive(LONG);
        one.leave();

        assertThat(other.alive(NONE)).isZero();
        assertThat(other.notes().isEmpty()).isTrue();
    }

    @Test
    void aNodeWhoseJournalWasStuckHasLostMoreThanItsLastMinute() {
        one.alive(LONG);
        one.note();
        Instant everything = other.notes().from();

        other.alive(NONE);

        assertThat(other.notes().from()).isEqualTo(everything).isBefore(now().minus(LONG));
    }

    @Test
    void aSettledNoteIsGone() {
        one.note();

        other.settled(other.notes());

        assertThat(one.notes().isEmpty()).isTrue();
    }

    @Test
    void aNoteThatIsWrittenAgainIsNotSettledWithTheOldOne() {
        one.note();
        Notes read = other.notes();
        one.note();

        other.settled(read);

        assertThat(other.notes().isEmpty()).isFalse();
        assertThat(other.notes().share(read)).isFalse();
    }

    @Test
    void aNodeThatDiesAgainIsNotSettledWithItsFirstDeath() {
        one.note();
        one.alive(LONG);
        other.alive(NONE);
        Notes read = other.notes();
        one.alive(LONG);
        other.alive(NONE);

        other.settled(read);

        assertThat(other.notes().isEmpty()).isFalse();
    }

    @Test
    void aNoteOfRelease090IsRead() {
        redis.hset(keyPrefix + "{0}:arrears", Map.of("dead", "1700000000000000", "stuck", "1800000000000000:x"));

        assertThat(one.notes().from()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        one.settled(one.notes());
        assertThat(one.notes().isEmpty()).isTrue();
    }

    private Instant now() {
        return RedisClock.of(redis);
    }
}
