package dev.idem.redis.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.ChangedRecords.Step;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.RedisAnswers;
import dev.idem.redis.RedisClock;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** A scan finds what has changed since a time. */
@ExtendWith(ServersExtension.class)
final class RedisChangesIT {
    private static final Scope SCOPE = new Scope("user:1");

    /** So many that a scan has several steps. */
    private static final int MANY = 2_000;

    private final List<UnifiedJedis> clients = new ArrayList<>();
    private final UnifiedJedis redis;
    private final String keyPrefix;
    private final RedisStore store;
    private final RedisChanges changes;

    RedisChangesIT(TestRedis server) {
        redis = open(server.url());
        keyPrefix = server.keyPrefix();
        Generation generation = Generation.next();
        RedisMarkers markers = new RedisMarkers(() -> redis, keyPrefix);
        markers.beginRefill(generation, generation);
        markers.trust(generation);
        store = new RedisStore(() -> redis, keyPrefix, () -> Optional.of(generation));
        changes = new RedisChanges(() -> redis, keyPrefix);
    }

    @AfterEach
    void close() {
        clients.forEach(UnifiedJedis::close);
    }

    @Test
    void anAnswerCountsByItsCompletion() {
        Lease before = acquire("before");
        store.complete(before, Sample.answer(1, 100));
        Lease during = acquire("during");
        Instant since = RedisClock.of(redis);
        store.complete(during, Sample.answer(2, 100));

        assertThat(found(since)).containsExactly(during.id());
    }

    @Test
    void aProcessingRecordCountsByItsHeartbeat() {
        acquire("silent");
        Lease alive = acquire("alive");
        Instant since = RedisClock.of(redis);
        store.renew(alive);

        assertThat(found(since)).containsExactly(alive.id());
        assertThat(found(Instant.EPOCH)).hasSize(2);
    }

    @Test
    void aPageIsBoundedByItsBytes() {
        IntStream.range(0, 20).forEach(i -> remember(redis, keyPrefix, "k" + i, 300_000));
        List<Integer> sizes = new ArrayList<>();

        Step step = changes.step(Instant.EPOCH, null, AnswerIndex.NONE, page -> sizes.add(page.size()));

        assertThat(step.next()).isNull();
        assertThat(sizes).allMatch(size -> size <= 3);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
    }

    @Test
    void aRecordLargerThanAPageIsPassedOnAlone() {
        remember(redis, keyPrefix, "large", 3 << 20);
        remember(redis, keyPrefix, "larger", 4 << 20);

        assertThat(found(Instant.EPOCH)).hasSize(2);
    }

    @Test
    void noAnswerIsReadOfARecordThatHasNotChanged() {
        remember(redis, keyPrefix, "large", 3 << 20);
        Instant since = RedisClock.of(redis);
        long before = sent();

        assertThat(found(since)).isEmpty();

        assertThat(sent() - before).isLessThan(1 << 20);
    }

    @Test
    void aRecordOfANewerReleaseIsLeftToANodeOfThat() {
        redis.set(new RedisKeys(keyPrefix).nameOf(new RecordId(SCOPE, "newer")), new byte[] {2, 80, 0});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> found(RedisClock.of(redis)))
                .withMessageContaining("newer release");
    }

    @Test
    void whatAnotherProgramWroteIsLeftOut() {
        redis.set(new RedisKeys(keyPrefix).nameOf(new RecordId(SCOPE, "text")), "hello".getBytes(UTF_8));

        assertThat(found(RedisClock.of(redis))).isEmpty();
    }

    @Test
    void aStepBeginsWhereTheLastOneEnded() {
        fill(redis, keyPrefix);

        assertThat(found(Instant.EPOCH)).hasSize(MANY);
    }

    @Test
    void aRestartedServerIsScannedFromTheBeginning() {
        try (EphemeralRedis server = EphemeralRedis.startDurable()) {
            UnifiedJedis before = open(server.url());
            fill(before, "t:");
            Set<RecordId> found = new HashSet<>();
            Step first = new RedisChanges(() -> before, "t:").step(Instant.EPOCH, null, AnswerIndex.NONE, page -> {});
            assertThat(first.next()).isNotNull();

            server.restart();

            RedisChanges after = new RedisChanges(() -> open(server.url()), "t:");
            Step again = after.step(Instant.EPOCH, first.next(), AnswerIndex.NONE, page -> add(page, found));
            assertThat(again).isEqualTo(new Step(" 0", 0));
            assertThat(found).isEmpty();
            scan(after, Instant.EPOCH, again.next(), found);
            assertThat(found).hasSize(MANY);
        }
    }

    @Test
    void aCursorOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.step(Instant.EPOCH, "17", AnswerIndex.NONE, page -> {}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.step(Instant.EPOCH, "run x", AnswerIndex.NONE, page -> {}));
    }

    private Set<RecordId> found(Instant since) {
        Set<RecordId> found = new HashSet<>();
        scan(changes, since, null, found);
        return found;
    }

    private static void scan(RedisChanges changes, Instant since, @Nullable String from, Set<RecordId> found) {
        @Nullable String cursor = from;
        do {
            cursor = changes.step(since, cursor, AnswerIndex.NONE, page -> add(page, found))
                    .next();
        } while (cursor != null);
    }

    private static void add(List<StoredRecord> page, Set<RecordId> found) {
        page.stream().map(StoredRecord::id).forEach(found::add);
    }

    private Lease acquire(String key) {
        return ((Claim.Acquired) store.claim(Sample.of(SCOPE, key).request())).lease();
    }

    private static void fill(UnifiedJedis redis, String keyPrefix) {
        IntStream.range(0, MANY).forEach(i -> remember(redis, keyPrefix, "k" + i, 10));
    }

    private static void remember(UnifiedJedis redis, String keyPrefix, String key, int bytes) {
        new RedisAnswers(() -> redis, keyPrefix).remember(Sample.of(SCOPE, key).lease(), Sample.answer(1, bytes));
    }

    private long sent() {
        return redis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private UnifiedJedis open(String url) {
        UnifiedJedis client = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(url, null));
        clients.add(client);
        return client;
    }
}
