package dev.idem.postgres.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.AuditEventStore.Aged;
import dev.idem.core.event.AuditType;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.event.StoredEvent;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class AuditEventTableIT {
    private static final Scope ANN = new Scope("ann");
    private static final Duration KEPT = Duration.ofDays(30);

    private Jdbi jdbi;
    private AuditEventTable events;

    @BeforeEach
    void connect(TestDatabase server) {
        jdbi = Jdbi.create(Tables.in(server));
        events = new AuditEventTable(jdbi);
    }

    private static AuditEvent about(String key, AuditType type) {
        return AuditEvent.of(type, "node-1", new RecordId(ANN, key), "POST /orders", "key", "outcome=replayed");
    }

    private List<String> keys(EventFilter filter) {
        return events.newest(filter, null, 100).stream()
                .map(stored -> stored.event().key().orElse("-"))
                .toList();
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        AuditEvent written = about("k", AuditType.FENCED).withFencing(7);
        Instant before = events.now();
        events.write(written);

        assertThat(events.newest(EventFilter.ALL, null, 10)).singleElement().satisfies(stored -> {
            assertThat(stored.event()).isEqualTo(written);
            assertThat(stored.at()).isBetween(before, events.now());
        });
    }

    @Test
    void anOperatorsActionSaysWhoAndWhy() {
        new OperatorActions(events, "idem-admin", "ann", Optional.of("cleaning up")).did("clear-stale", "cleared=3");

        assertThat(events.newest(EventFilter.ALL, null, 10)).singleElement().satisfies(stored -> {
            assertThat(stored.event().actor()).contains("ann");
            assertThat(stored.event().reason()).contains("cleaning up");
            assertThat(stored.event().detail()).isEqualTo("action=clear-stale cleared=3");
        });
    }

    @Test
    void pagesGoBackInTime() {
        IntStream.range(0, 5).forEach(i -> events.write(about("k" + i, AuditType.FENCED)));
        List<StoredEvent> first = events.newest(EventFilter.ALL, null, 2);
        List<StoredEvent> second = events.newest(EventFilter.ALL, first.get(1).id(), 2);

        assertThat(first)
                .extracting(stored -> stored.event().key().orElseThrow())
                .containsExactly("k4", "k3");
        assertThat(second)
                .extracting(stored -> stored.event().key().orElseThrow())
                .containsExactly("k2", "k1");
    }

    @Test
    void aFilterMayNameKeyTypeScopeAndTimes() {
        events.write(List.of(new Aged(about("old", AuditType.FENCED), Duration.ofHours(2))));
        events.write(about("new", AuditType.FENCED));
        events.write(about("new", AuditType.KEY_REUSED));
        Instant anHourAgo = events.now().minusSeconds(3_600);
        EventFilter of = EventFilter.ALL;

        assertThat(keys(of.since(anHourAgo))).containsExactly("new", "new");
        assertThat(keys(new EventFilter(of.scope(), of.key(), Set.of(), of.from(), Optional.of(anHourAgo))))
                .containsExactly("old");
        assertThat(keys(new EventFilter(of.scope(), Optional.of("new"), Set.of(AuditType.FENCED), of.from(), of.to())))
                .containsExactly("new");
        assertThat(keys(new EventFilter(Optional.of(new Scope("bob")), of.key(), Set.of(), of.from(), of.to())))
                .isEmpty();
    }

    @Test
    void hostileTextIsTextAndCut() {
        String hostile = "'; DROP TABLE idempotency_events; -- \u001b[2J \0 " + "x".repeat(1_000);
        new OperatorActions(events, "idem-admin", hostile, Optional.of(hostile)).did("delete", hostile);

        AuditEvent read = events.newest(EventFilter.ALL, null, 10).get(0).event();
        assertThat(read.actor().orElseThrow())
                .startsWith("'; DROP")
                .contains("\\0")
                .hasSize(AuditEvent.MOST_TEXT);
    }

    @Test
    void allAreHandedOverTheOldestFirst() {
        List<Aged> many = IntStream.range(0, 2_500)
                .mapToObj(i -> new Aged(about("k" + i, AuditType.FENCED), Duration.ofSeconds(3_000 - i)))
                .toList();
        events.write(many);
        List<String> seen = new ArrayList<>();
        events.forEach(EventFilter.ALL, stored -> seen.add(stored.event().key().orElseThrow()));

        assertThat(seen).hasSize(2_500).startsWith("k0", "k1").endsWith("k2499");
    }

    @Test
    void aDayHasAPartitionAndEventsThatCameBeforeItMoveThere() {
        events.write(about("early", AuditType.FENCED));
        assertThat(rowsIn("idempotency_events_other")).isEqualTo(1);

        assertThat(events.keepPartitions(2, KEPT)).isEqualTo(3);
        events.write(about("late", AuditType.FENCED));

        assertThat(rowsIn("idempotency_events_other")).isZero();
        assertThat(rowsIn("idempotency_events_" + day(0)) + rowsIn("idempotency_events_" + day(1)))
                .isEqualTo(2);
        assertThat(keys(EventFilter.ALL)).containsExactly("late", "early");
        assertThat(events.keepPartitions(2, KEPT)).isZero();
    }

    @Test
    void whatIsOlderThanIsKeptIsDropped() {
        events.keepPartitions(0, KEPT);
        String old = day(-40);
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE idempotency_events_" + old
                + " PARTITION OF idempotency_events FOR VALUES FROM ('" + iso(-40) + " 00:00+00') TO ('" + iso(-39)
                + " 00:00+00')"));
        events.write(List.of(new Aged(about("forty", AuditType.FENCED), Duration.ofDays(40))));
        events.write(List.of(new Aged(about("thirty-five", AuditType.FENCED), Duration.ofDays(35))));
        events.write(List.of(new Aged(about("ten", AuditType.FENCED), Duration.ofDays(10))));

        assertThat(events.keepPartitions(0, KEPT)).isEqualTo(1);

        assertThat(keys(EventFilter.ALL)).containsExactly("ten");
    }

    /** A role that writes events needs no right to change tables. */
    @Test
    void aRoleThatMayOnlyWriteKeepsThePartitionsToo() {
        jdbi.useTransaction(handle -> {
            handle.execute("CREATE ROLE writer_of_events");
            handle.execute("GRANT SELECT, INSERT ON idempotency_events TO writer_of_events");
            handle.execute("GRANT EXECUTE ON FUNCTION idempotency_events_keep TO writer_of_events");
            handle.execute("SET LOCAL ROLE writer_of_events");
            int changed = handle.createQuery("SELECT idempotency_events_keep(1, interval '30 days')")
                    .mapTo(Integer.class)
                    .one();
            assertThat(changed).isEqualTo(2);
            handle.rollback();
        });
    }

    @Test
    void whoIsNotGrantedItDropsNothing() {
        jdbi.useTransaction(handle -> {
            handle.execute("CREATE ROLE nobody_in_particular");
            handle.execute("SET LOCAL ROLE nobody_in_particular");
            assertThatThrownBy(() -> handle.execute("SELECT idempotency_events_keep(1, interval '0')"))
                    .hasMessageContaining("permission denied");
            handle.rollback();
        });
    }

    @Test
    void whoFollowsSeesWhatIsWrittenAfterwardsHoweverOldItIs() {
        events.write(about("first", AuditType.FENCED));
        long last = events.last();
        events.write(List.of(new Aged(about("late", AuditType.FENCED), Duration.ofHours(1))));

        assertThat(events.after(EventFilter.ALL, last, 10))
                .extracting(stored -> stored.event().key().orElseThrow())
                .containsExactly("late");
    }

    private long rowsIn(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    private String day(int fromToday) {
        return today(fromToday).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String iso(int fromToday) {
        return today(fromToday).toString();
    }

    private LocalDate today(int fromToday) {
        return events.now().atZone(ZoneOffset.UTC).toLocalDate().plusDays(fromToday);
    }
}
