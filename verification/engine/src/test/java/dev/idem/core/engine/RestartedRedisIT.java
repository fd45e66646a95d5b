package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.DeleteRecord;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisRecords;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Redis restarts with its records: the failback copies only what one of the two stores lacks. */
@SuppressWarnings("NullAway.Init") // JUnit calls begin
class RestartedRedisIT extends TwoNodes {
    private static final int ANSWERS = 20;
    private static final int BYTES = 100_000;
    private static final Pattern TRANSFERRED = Pattern.compile("total_net_(?:in|out)put_bytes:(\\d+)");

    private RedisClient client;
    private final RedisRecords inRedis = new RedisRecords(() -> client, "t:");

    @BeforeEach
    void begin(TestDatabase database) {
        start(database);
        client = RedisClient.create(redis.url());
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void answersThatBothStoresHaveAreNotCopied() {
        List<String> keys = complete();

        restartRedis();

        assertThat(transferred()).isLessThan((long) ANSWERS * BYTES / 4);
        keys.forEach(key -> assertReplays(second, key, answer(key)));
    }

    @Test
    void whatOneStoreLacksIsCopied() {
        List<String> keys = complete();
        client.keys("t:{*}:rec:*:" + keys.get(0)).forEach(client::del);
        jdbi.useHandle(handle -> handle.execute("DELETE FROM idempotency_records WHERE key = ?", keys.get(1)));

        restartRedis();

        assertThat(inRedis.find(Node.id(keys.get(0))).orElseThrow().answer()).contains(answer(keys.get(0)));
        assertThat(inPostgres().find(Node.id(keys.get(1))).orElseThrow().answer())
                .contains(answer(keys.get(1)));
        keys.forEach(key -> assertReplays(second, key, answer(key)));
    }

    @Test
    void anOutcomeThatWasResolvedInRedisAloneIsResolvedInPostgresToo() {
        RecordId id = Node.id("held");
        first.complete(first.acquire("held"), AnswerNotStored.OUTCOME_UNKNOWN);
        awaitJournalled("held");
        assertThat(inRedis.resolve(inRedis.find(id).orElseThrow(), ANSWER)).isTrue();

        restartRedis();

        assertThat(inPostgres().find(id).orElseThrow().answer()).contains((Answer) ANSWER);
        assertReplays(second, "held", ANSWER);
    }

    @Test
    void whatAnOperatorHasDeletedDoesNotComeBackWithAnOldFile() {
        first.complete(first.acquire("deleted"), ANSWER);
        first.complete(first.acquire("held"), AnswerNotStored.OUTCOME_UNKNOWN);
        awaitJournalled("deleted");
        awaitJournalled("held");
        Map<String, byte[]> oldFile = new HashMap<>();
        client.keys("t:{*}:rec:*").forEach(name -> oldFile.put(name, client.dump(name)));
        deleteEverywhere("deleted");
        assertThat(inRedis.release(inRedis.find(Node.id("held")).orElseThrow())).isTrue();
        assertThat(inPostgres().release(inPostgres().find(Node.id("held")).orElseThrow()))
                .isTrue();

        client.flushAll();
        oldFile.forEach(
                (name, value) -> client.restore(name, Duration.ofHours(1).toMillis(), value));
        restartRedis();

        for (String key : List.of("deleted", "held")) {
            assertThat(inRedis.find(Node.id(key))).isEmpty();
            assertThat(inPostgres().find(Node.id(key))).isEmpty();
            second.complete(second.acquire(key), OTHER);
            assertReplays(first, key, OTHER);
        }
    }

    /** Nothing but the deletion was missed: Redis keeps its records. */
    @Test
    void whatAnOperatorHasDeletedWhileRedisWasAwayIsGoneAfterTheFailback() {
        first.complete(first.acquire("k"), ANSWER);
        awaitJournalled("k");
        assertThat(inPostgres().delete(Node.id("k"))).isTrue();
        assertReplays(second, "k", ANSWER);

        Generation before = generation();
        new PostgresTrustRow(jdbi, "test").revoke(before, Duration.ZERO);
        await().atMost(LONG).until(() -> !generation().equals(before));
        awaitRedisDecides();

        first.complete(first.acquire("k"), OTHER);
        assertReplays(second, "k", OTHER);
    }

    private void deleteEverywhere(String key) {
        RecordStores stores =
                new RecordStores(inRedis, inPostgres(), () -> Authority.UNKNOWN, (store, failure) -> Optional.empty());
        DeleteRecord deletion = new DeleteRecord(stores, new ActionLog() {
            @Override
            public void did(String action, Collection<RecordId> records, String detail) {}

            @Override
            public void changedRollout(String detail) {}
        });
        assertThat(deletion.delete(deletion.find(Node.id(key)), false).deleted())
                .isEqualTo(2);
    }

    private List<String> complete() {
        List<String> keys =
                IntStream.range(0, ANSWERS).mapToObj(number -> "k" + number).toList();
        keys.forEach(key -> first.complete(first.acquire(key), answer(key)));
        keys.forEach(this::awaitJournalled);
        return keys;
    }

    private static RecordedResponse answer(String key) {
        return Sample.answer(key.hashCode(), BYTES);
    }

    private PostgresRecords inPostgres() {
        return new PostgresRecords(jdbi);
    }

    /** Returns after a failback. */
    private void restartRedis() {
        Generation before = generation();
        redis.restart();
        client.close(); // its connections are of the process that has ended
        client = RedisClient.create(redis.url());
        await().atMost(LONG).until(() -> !generation().equals(before));
        awaitRedisDecides();
    }

    private Generation generation() {
        return new PostgresTrustRow(jdbi, "test").read().generation();
    }

    /** What Redis has received and sent since its start. */
    private long transferred() {
        return TRANSFERRED
                .matcher(client.info("stats"))
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
