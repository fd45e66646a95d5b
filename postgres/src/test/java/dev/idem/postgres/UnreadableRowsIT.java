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

        assertThat(keys(new Filter(null, null, null, 1))).hasSize(11);
        assertThat(keys(new Filter(null, SCOPE, null, 2))).hasSize(11);
        assertThat(keys(new Filter(RecordState.PROCESSING, null, null, 1))).hasSize(6);
        assertThat(keys(new Filter(RecordState.PROCESSING, null, Duration.ZERO, 1)))
                .isEmpty();
        assertThat(unreadable.summary().count()).isEqualTo(12);
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
