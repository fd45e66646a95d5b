package dev.idem.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.JournalGaps.Notes;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.recovery.JournalGapRegistry;
import dev.idem.redis.recovery.RedisChanges;
import dev.idem.redis.recovery.RedisRecoveryTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** What other programs leave under our names: nothing of it keeps the records from their readers. */
@ExtendWith(ServersExtension.class)
final class UnreadableValuesIT {
    private static final Scope SCOPE = new Scope("user:1");
    private static final Answer ANSWER = Sample.answer(1, 10);
    private static final List<String> FOREIGN = List.of("hash", "list", "set", "text", "empty", "cut", "newer");

    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final Generation generation = Generation.next();
    private final String prefix;
    private final UnifiedJedis redis;
    private final RedisKeys keys;
    private final RedisMarkers markers;
    private final RedisStore store;
    private final RecordAdministration records;

    UnreadableValuesIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        prefix = server.keyPrefix();
        keys = new RedisKeys(prefix);
        markers = new RedisMarkers(() -> redis, prefix);
        markers.beginRefill(Generation.next(), generation);
        markers.trust(generation);
        store = new RedisStore(() -> redis, prefix, () -> Optional.of(generation));
        records = new RedisRecords(() -> redis, prefix).reporting(unreadable);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @BeforeEach
    void fill() {
        complete("good");
        byte[] value = redis.get(name("good"));
        Map<String, BiConsumer<byte[], byte[]>> writers = Map.of(
                "hash", (name, good) -> redis.hset(name, Map.of(name, good)),
                "list", (name, good) -> redis.rpush(name, good),
                "set", (name, good) -> redis.sadd(name, good),
                "text", (name, good) -> redis.set(name, "foreign".getBytes(UTF_8)),
                "empty", (name, good) -> redis.set(name, new byte[0]),
                "cut", (name, good) -> redis.set(name, java.util.Arrays.copyOf(good, 60)),
                "newer", (name, good) -> redis.set(name, newer(good)));
        FOREIGN.forEach(kind -> requireNonNull(writers.get(kind)).accept(name(kind), value));
    }

    private static byte[] newer(byte[] value) {
        byte[] other = value.clone();
        other[0] = 9;
        return other;
    }

    @Test
    void listsAndSearchesPassOverThem() {
        redis.set(prefix + "{3}:rec:no name of ours", "foreign");
        redis.set(prefix + "{3}:rec:9999:short", "foreign");
        redis.set(prefix + "{3}:rec:", "foreign");
        redis.set(prefix + "{3}:rec:6:user:1:ключ", "foreign");

        assertThat(records.list(new Filter(null, null, null, 1_000), null).records())
                .extracting(RecordHead::id)
                .containsExactly(id("good"));
        assertThat(records.findByKey("good", 10, Depth.WHOLE).heads()).hasSize(1);
        assertThat(records.newest(SCOPE, Optional.empty(), 10, Depth.WHOLE).heads())
                .hasSize(1);
        assertThat(records.heads(FOREIGN.stream().map(UnreadableValuesIT::id).toList()))
                .isEmpty();
        assertThat(unreadable.summary().count()).isEqualTo(FOREIGN.size() + 4);
        assertThat(records.statistics(Duration.ofMinutes(1), count -> {}).total())
                .isPositive();
        assertThat(unreadable.summary().toString()).doesNotContain("user:1");
    }

    @Test
    void whoAsksForOneHearsWhatIsWrong() {
        for (String kind : List.of("hash", "text", "cut", "newer")) {
            assertThatThrownBy(() -> records.find(id(kind)))
                    .as(kind)
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessageNotContaining("user:1");
        }
        for (String kind : List.of("text", "newer")) {
            assertThatThrownBy(() -> store.claim(Sample.of(SCOPE, kind).request()))
                    .as(kind)
                    .isInstanceOf(UnreadableRecordException.class);
        }
        for (String kind : FOREIGN) {
            assertThat(records.delete(Tombstone.of(id(kind), List.of())))
                    .as(kind)
                    .isTrue();
            assertThat(store.claim(Sample.of(SCOPE, kind).request())).as(kind).isInstanceOf(Claim.Acquired.class);
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsNoAnswerOfTheCache() {
        RedisAnswers answers = new RedisAnswers(() -> redis, prefix);

        assertThatThrownBy(() -> answers.find(Sample.of(SCOPE, "hash").request()))
                .isInstanceOf(UnreadableRecordException.class);
        answers.remember(record("good", "hash"));
        assertThat(redis.type(name("hash"))).isEqualTo("hash");
    }

    @Test
    void aRefillReplacesWhatItHasARecordOfAndLeavesTheRest() {
        FastCopy copy = new RedisCopy(() -> redis, prefix).reporting(unreadable);
        List<StoredRecord> all =
                FOREIGN.stream().map(kind -> record("good", kind)).toList();
        redis.hset(keys.tombstoneOf(id("hash")), Map.of(new byte[1], new byte[1]));
        redis.set(keys.tombstoneOf(id("list")), new byte[] {1});
        Generation refill = Generation.next();
        markers.beginRefill(generation, refill);

        copy.forEachHead(page -> assertThat(page).extracting(RecordHead::id).containsOnly(id("good")));
        assertThat(copy.bury(List.of(Tombstone.of(id("set"), List.of())), refill))
                .isZero();
        assertThat(redis.type(name("set"))).isEqualTo("set");
        copy.forget(all);
        copy.put(all, refill);

        assertThat(records.heads(FOREIGN.stream().map(UnreadableValuesIT::id).toList()))
                .hasSize(FOREIGN.size());
    }

    @Test
    void aScanForChangesPassesOverThem() {
        List<StoredRecord> found = new ArrayList<>();
        redis.del(name("newer")); // its own release has to find that
        redis.set(prefix + "{3}:rec:no name of ours", new String(new char[] {9}) + "foreign");

        new RedisChanges(() -> redis, prefix).step(Instant.EPOCH, null, AnswerIndex.NONE, found::addAll);

        assertThat(found).extracting(StoredRecord::id).containsExactly(id("good"));
    }

    @Test
    void aForeignFieldAmongTheJournalGapsMeansThatAnythingMayBeMissingAndIsRemoved() {
        JournalGapRegistry gaps = new JournalGapRegistry(() -> redis, prefix);
        gaps.note();
        redis.hset(keys.arrears(), Map.of(new byte[] {(byte) 0xff, 'x'}, "no time".getBytes(ISO_8859_1)));
        redis.hset(keys.arrears(), Map.of("y".getBytes(UTF_8), "99999999999999999999:1".getBytes(UTF_8)));

        Notes notes = gaps.notes();

        assertThat(notes.byNode()).hasSize(3);
        assertThat(notes.from()).isEqualTo(Instant.EPOCH);
        gaps.settled(notes);
        assertThat(gaps.notes().isEmpty()).isTrue();
    }

    @Test
    void aProgressThatNoNodeWroteIsNone() {
        RedisRecoveryTurn turn = new RedisRecoveryTurn(() -> redis, prefix);
        for (Map<String, String> foreign : List.of(Map.of("scanned", "many"), Map.of("cursor", "somewhere"))) {
            redis.del(keys.recovery());
            foreign.forEach((field, value) ->
                    redis.hset(keys.recovery(), Map.of(field.getBytes(UTF_8), value.getBytes(UTF_8))));

            assertThat(turn.left()).isEmpty();
        }
    }

    private void complete(String key) {
        Claim.Acquired acquired =
                (Claim.Acquired) store.claim(Sample.of(SCOPE, key).request());
        assertThat(store.complete(acquired.lease(), ANSWER)).isTrue();
    }

    /** The record of one key, under another one. */
    private StoredRecord record(String of, String key) {
        StoredRecord good = records.find(id(of)).orElseThrow();
        return new StoredRecord(
                id(key),
                good.fingerprint(),
                good.owner(),
                good.fencing(),
                good.attempt(),
                good.origin(),
                good.claimedAt(),
                good.heartbeatAt(),
                good.lockTimeout(),
                good.window(),
                good.completedAt(),
                good.expiresAt(),
                good.answer(),
                good.readAt());
    }

    private byte[] name(String key) {
        return keys.nameOf(id(key));
    }

    private static RecordId id(String key) {
        return new RecordId(SCOPE, key);
    }
}
