package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.event.EventFilter;
import dev.idem.core.event.StoredEvent;
import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.event.AuditEventTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows that this release did not write: none of them keeps the others from their readers. */
@ExtendWith(ServersExtension.class)
class UnreadableRowsIT {
    private static final Scope SCOPE = new Scope("user:1");
    private static final Answer ANSWER = Sample.answer(1, 10);
    private static final List<String> STRANGE_NAMES = List.of("ключ", "\u202Ekey", "line\nbreak", "x".repeat(300), " ");

    private static final List<String> DAMAGED_ANSWERS = List.of(
            "completed_at = NULL",
            "completed_at = 'infinity'",
            "completed_at = '-infinity'",
            "completed_at = '200000-01-01'",
            "claimed_at = 'infinity'",
            "claimed_at = '-infinity', window_ms = 1",
            "claimed_at = '4000-01-01 BC'",
            "expires_at = 'infinity'",
            "expires_at = '294000-01-01'",
            "fingerprint = ''",
            "fencing = -1",
            "fencing = 9223372036854775807",
            "window_ms = -1",
            "window_ms = -9223372036854775808",
            "window_ms = -1, attempt = -5, lock_timeout_ms = -1");
    private static final List<String> DAMAGED_LEASES = List.of(
            "heartbeat_at = 'infinity'",
            "heartbeat_at = '-infinity'",
            "heartbeat_at = '294276-12-31'",
            "claimed_at = '200000-01-01'",
            "completed_at = '-infinity'",
            "fingerprint = '\\x01'",
            "attempt = 2147483647, heartbeat_at = now() - interval '1 day'",
            "lock_timeout_ms = -1",
            "lock_timeout_ms = 9223372036854775807");

    private final UnreadableRecords unreadable = new UnreadableRecords();
    private MigratedDatabase database;
    private PostgresStore store;
    private RecordAdministration records;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        records = new PostgresRecords(database.jdbi()).reporting(unreadable);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aListPassesOverThemInWhateverOrderAndPage() {
        for (int number = 0; number < 5; number++) {
            complete("good-" + number);
            claim("running-" + number);
        }
        STRANGE_NAMES.forEach(name -> {
            complete("rename");
            change("scope = '" + name + "'", "rename");
            claim("rename");
            change("key = '" + (name.isBlank() ? "" : name) + "'", "rename");
        });
        complete("short-fingerprint");
        change("fingerprint = '\\x01'", "short-fingerprint");
        complete("foreign-answer");
        change("answer = '\\x0952'", "foreign-answer");
        claim("endless");
        change("lock_timeout_ms = 9223372036854775807, expires_at = 'infinity'", "endless");

        assertThat(keys(new Filter(null, null, null, 1))).hasSize(10);
        assertThat(keys(new Filter(null, SCOPE, null, 2))).hasSize(10);
        assertThat(keys(new Filter(RecordState.PROCESSING, null, null, 1))).hasSize(5);
        assertThat(keys(new Filter(RecordState.PROCESSING, null, Duration.ZERO, 1)))
                .isEmpty();
        assertThat(unreadable.summary().count()).isEqualTo(13);
        assertThat(unreadable.summary().records()).hasSize(10).allSatisfy(record -> {
            assertThat(record.store()).isEqualTo("postgresql");
            assertThat(record.toString()).doesNotContain("ключ").contains(record.hash());
        });
        assertThat(records.statistics(Duration.ofMinutes(1), count -> {}).total())
                .isEqualTo(23);
    }

    @Test
    void searchesPassOverThem() {
        complete("k");
        complete("k", new Scope("user:2"));
        change("fingerprint = '\\x'", "k", new Scope("user:2"));

        assertThat(records.findByKey("k", 10, Depth.QUICK).heads()).hasSize(1);
        assertThat(records.newest(new Scope("user:2"), Optional.empty(), 10, Depth.QUICK)
                        .heads())
                .isEmpty();
        assertThat(records.heads(List.of(id("k"), new RecordId(new Scope("user:2"), "k"))))
                .hasSize(1);
        assertThat(unreadable.summary().records())
                .extracting(UnreadableRecord::key, UnreadableRecord::scopeHash)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("k", new Scope("user:2").logHash()));
    }

    @Test
    void whoAsksForOneHearsWhatIsWrong() {
        complete("k");
        change("answer = '\\x0952'", "k");

        assertThatThrownBy(() -> records.find(id("k")))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("version 9")
                .hasMessageNotContaining("user:1");
        assertThatThrownBy(() -> store.claim(Sample.of(SCOPE, "k").request()))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("version 9");
        assertThat(records.delete(Tombstone.of(id("k"), List.of()))).isTrue();
        assertThat(store.claim(Sample.of(SCOPE, "k").request())).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void timesAndNumbersThatNoRecordHasExecuteNothing() {
        List<String> keys = new ArrayList<>();
        for (String damage : DAMAGED_ANSWERS) {
            complete("answered: " + damage);
            keys.add("answered: " + damage);
            change(damage, "answered: " + damage);
        }
        for (String damage : DAMAGED_LEASES) {
            claim("running: " + damage);
            keys.add("running: " + damage);
            change(damage, "running: " + damage);
        }
        complete("good");
        List<String> before = rows();
        List<StoredRecord> copies = new ArrayList<>();

        assertThat(keys).allSatisfy(key -> assertThatThrownBy(
                        () -> store.claim(Sample.of(SCOPE, key).request()))
                .isInstanceOf(UnreadableRecordException.class));
        assertThat(rows()).isEqualTo(before);
        assertThat(keys).allSatisfy(key -> assertThatThrownBy(() -> records.find(id(key)))
                .isInstanceOf(UnreadableRecordException.class));
        assertThat(keys(new Filter(null, null, null, 5))).containsExactly("good");
        assertThat(records.statistics(Duration.ofMinutes(1), count -> {}).total())
                .isEqualTo(keys.size() + 1);
        assertThat(records.statistics(Duration.ofMinutes(1), count -> {}).stale())
                .isLessThan(keys.size());
        new PostgresCopy(database.jdbi()).reporting(unreadable).forEach(copies::addAll);
        assertThat(copies).hasSize(keys.size() + 1).allSatisfy(UnreadableRowsIT::isClosed);
        assertThat(unreadable.summary().count()).isEqualTo(keys.size());
    }

    private static void isClosed(StoredRecord copy) {
        if (copy.id().key().equals("good")) {
            assertThat(copy.answer()).hasValue(ANSWER);
        } else if (copy.id().key().startsWith("answered")) {
            assertThat(copy.answer()).hasValue(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        } else {
            assertThat(copy.answer()).isEmpty();
            assertThat(copy.heartbeatAt()).isAfter(copy.readAt().plus(Duration.ofDays(1000 * 365)));
        }
    }

    @Test
    void tombstonesWithoutAnEndAreRead() {
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("INSERT INTO idempotency_tombstones (scope, key, owners, deleted_at, expires_at)"
                                + " VALUES ('user:1', 'endless', ARRAY[NULL::uuid], 'infinity', 'infinity')"));
        List<Tombstone> tombstones = new ArrayList<>();

        new PostgresCopy(database.jdbi()).forEachTombstone(Duration.ofHours(1), tombstones::addAll);

        assertThat(tombstones).extracting(Tombstone::id).containsExactly(id("endless"));
    }

    @Test
    void aCopyOfOneIsAClosedKey() {
        complete("good");
        complete("answer");
        change("answer = '\\x0152'", "answer");
        complete("fingerprint");
        change("fingerprint = '\\x01'", "fingerprint");
        complete("rename");
        change("key = 'ключ'", "rename");
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("INSERT INTO idempotency_tombstones (scope, key, owners, deleted_at, expires_at)"
                                + " VALUES ('a b', 'k', ARRAY[NULL::uuid], now(), now() + interval '1 h'),"
                                + " ('user:1', 'gone', ARRAY[NULL::uuid], now(), now() + interval '1 h')"));
        PostgresCopy copy = new PostgresCopy(database.jdbi());
        List<StoredRecord> all = new ArrayList<>();
        List<RecordHead> heads = new ArrayList<>();
        List<StoredRecord> found = new ArrayList<>();
        List<Tombstone> tombstones = new ArrayList<>();

        copy.reporting(unreadable).forEach(all::addAll);
        copy.reporting(unreadable).forEachHead(heads::addAll);
        copy.reporting(unreadable).find(List.of(id("answer"), id("fingerprint"), id("good")), found::addAll);
        copy.reporting(unreadable).forEachTombstone(Duration.ofHours(1), tombstones::addAll);

        Optional<Answer> closed = Optional.of(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        assertThat(all)
                .extracting(StoredRecord::id, StoredRecord::answer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(id("answer"), closed),
                        org.assertj.core.groups.Tuple.tuple(id("fingerprint"), closed),
                        org.assertj.core.groups.Tuple.tuple(id("good"), Optional.of(ANSWER)));
        assertThat(heads).extracting(RecordHead::id).containsExactly(id("answer"), id("fingerprint"), id("good"));
        assertThat(found).extracting(StoredRecord::id).containsExactly(id("answer"), id("fingerprint"), id("good"));
        assertThat(tombstones).extracting(Tombstone::id).containsExactly(id("gone"));
        assertThat(unreadable.summary().count()).isEqualTo(4);
    }

    @Test
    void anEventOfAScopeThatNoCallerHasIsShownWithTheOthers() {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "INSERT INTO idempotency_events (at, type, scope, key, node)"
                                        + " VALUES (now(), 'duplicate', 'a caller', 'ключ', 'n'), (now(), 'duplicate', 'user:1', 'k', 'n')"));
        List<StoredEvent> events = new ArrayList<>();

        new AuditEventTable(database.jdbi()).forEach(EventFilter.ALL, events::add);

        assertThat(events).extracting(event -> event.scope().orElse("")).containsExactly("a caller", "user:1");
    }

    private List<String> keys(Filter filter) {
        List<String> keys = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page page = records.list(filter, cursor);
            page.records().forEach(head -> keys.add(head.id().key()));
            cursor = page.next();
        } while (cursor != null);
        return keys;
    }

    private List<String> rows() {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT held::text FROM idempotency_records AS held ORDER BY key")
                .mapTo(String.class)
                .list());
    }

    private void complete(String key) {
        complete(key, SCOPE);
    }

    private void complete(String key, Scope scope) {
        Claim.Acquired acquired =
                (Claim.Acquired) store.claim(Sample.of(scope, key).request());
        assertThat(store.complete(acquired.lease(), ANSWER)).isTrue();
    }

    private void claim(String key) {
        assertThat(store.claim(Sample.of(SCOPE, key).request())).isInstanceOf(Claim.Acquired.class);
    }

    private void change(String what, String key) {
        change(what, key, SCOPE);
    }

    private void change(String what, String key, Scope scope) {
        int rows = database.jdbi()
                .withHandle(handle -> handle.execute(
                        "UPDATE idempotency_records SET " + what + " WHERE key = ? AND scope = ?", key, scope.value()));
        assertThat(rows).isEqualTo(1);
    }

    private static RecordId id(String key) {
        return new RecordId(SCOPE, key);
    }
}
