package dev.idem.redis.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.store.recovery.ChangedRecords.Step;
import dev.idem.core.store.recovery.JournalGaps.Notes;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.core.store.recovery.RecoveryTurn.Progress;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** Who may scan, as two nodes see it. */
@ExtendWith(ServersExtension.class)
final class RedisRecoveryTurnIT {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Progress BEGIN =
            Progress.begin(new Notes(Instant.ofEpochSecond(5), Map.of("a-node", "5000000:x", "b-node", "7000000")));
    private static final Progress HALF = BEGIN.after(new Step("run 12:345", 500));

    private final UnifiedJedis redis;
    private final RecoveryTurn one;
    private final RecoveryTurn other;

    RedisRecoveryTurnIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        one = new RedisRecoveryTurn(() -> redis, server.keyPrefix());
        other = new RedisRecoveryTurn(() -> redis, server.keyPrefix());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void oneNodeAtATimeHasTheTurn() {
        assertThat(one.take(LONG)).isTrue();
        assertThat(other.take(LONG)).isFalse();

        one.release();

        assertThat(other.take(LONG)).isTrue();
    }

    @Test
    void aNodeWhoseReplyWasLostStillHasItsTurn() {
        assertThat(one.take(LONG)).isTrue();
        assertThat(one.take(LONG)).isTrue();
    }

    @Test
    void aTurnExpires() {
        one.take(SHORT);

        await().until(() -> other.take(LONG));
    }

    @Test
    void aTurnThatIsKeptDoesNotExpire() {
        one.take(SHORT);

        assertThat(one.keep(BEGIN, LONG)).isTrue();
        assertThat(redis.pttl(redis.keys("*turn").iterator().next())).isGreaterThan(SHORT.toMillis());
    }

    @Test
    void aNodeThatLostItsTurnKeepsAndEndsNothing() {
        one.take(SHORT);
        await().until(() -> other.take(LONG));
        other.keep(HALF, LONG);

        assertThat(one.keep(BEGIN, LONG)).isFalse();
        one.release();
        one.done(SHORT);

        assertThat(other.left()).contains(HALF);
        assertThat(one.take(LONG)).isFalse();
    }

    @Test
    void theNextNodeLearnsHowFarTheScanHasCome() {
        assertThat(one.left()).isEmpty();
        one.take(LONG);
        one.keep(BEGIN, LONG);
        assertThat(other.left()).contains(BEGIN);

        one.keep(HALF, LONG);
        one.release();

        assertThat(other.left()).contains(HALF);
    }

    @Test
    void aScanThatIsDoneIsForgottenAndNobodyBeginsAnotherAtOnce() {
        one.take(LONG);
        one.keep(HALF, LONG);

        one.done(Duration.ofMillis(50));

        assertThat(one.left()).isEmpty();
        assertThat(one.take(LONG)).isFalse();
        await().until(() -> other.take(LONG));
    }
}
