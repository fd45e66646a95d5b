package dev.idem.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.schema.Tables;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class AuditQueueIT {
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AuditListener counting = new AuditListener() {
        @Override
        public void written(int events) {
            written.addAndGet(events);
            statements.incrementAndGet();
        }

        @Override
        public void dropped(int events) {
            dropped.addAndGet(events);
        }
    };
    private PGSimpleDataSource database;
    private AuditEventStore events;

    @BeforeEach
    void connect(TestDatabase server) {
        database = Tables.in(server);
        events = new AuditEventTable(StoreJdbi.on(database));
    }

    private static AuditEvent event(int number) {
        return AuditEvent.of(AuditType.FAILOVER, "node-1", "number=" + number);
    }

    @Test
    void whatIsAddedIsWrittenInOrder() {
        try (AuditQueue trail = new AuditQueue(events, 5_000, counting)) {
            trail.start();
            for (int i = 0; i < 3_000; i++) {
                trail.add(event(i));
            }
            await().untilAtomic(written, org.hamcrest.Matchers.is(3_000));
        }

        assertThat(dropped).hasValue(0);
        assertThat(events.newest(EventFilter.ALL, null, 1).get(0).event().detail())
                .isEqualTo("number=2999");
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        AuditQueue trail = new AuditQueue(events, 100, counting);
        trail.start();
        for (int i = 0; i < 100; i++) {
            trail.add(event(i));
        }
        trail.close();

        assertThat(written).hasValue(100);
        trail.add(event(100));
        assertThat(dropped).hasValue(1);
    }

    @Test
    void whatWaitsAtTheEndIsWrittenTogether() {
        AuditQueue trail = new AuditQueue(events, 100, counting);
        for (int i = 0; i < 100; i++) {
            trail.add(event(i));
        }
        trail.start();
        trail.close();

        assertThat(written).hasValue(100);
        assertThat(statements).hasValue(1);
    }

    @Test
    void whatFindsNoRoomIsCountedAndNobodyWaits() {
        AuditQueue trail = new AuditQueue(events, 10, counting);
        for (int i = 0; i < 25; i++) {
            trail.add(event(i));
        }

        assertThat(trail.depth()).isEqualTo(10);
        assertThat(dropped).hasValue(15);
        trail.start();
        trail.close();
        assertThat(written).hasValue(10);
    }

    @Test
    void eventsWaitWhileTheDatabaseIsAway() {
        PGSimpleDataSource elsewhere = new PGSimpleDataSource();
        elsewhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        Switchable source = new Switchable(elsewhere);
        try (AuditQueue trail = new AuditQueue(new AuditEventTable(Jdbi.create(source::connection)), 100, counting)) {
            trail.start();
            trail.add(event(1));
            await().until(() -> source.asked.get() > 1);
            assertThat(written).hasValue(0);
            source.now = database;
            await().untilAtomic(written, org.hamcrest.Matchers.is(1));
        }
        assertThat(dropped).hasValue(0);
    }

    /** A database that becomes available again. */
    private static final class Switchable {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile PGSimpleDataSource now;

        private Switchable(PGSimpleDataSource first) {
            this.now = first;
        }

        private java.sql.Connection connection() throws java.sql.SQLException {
            asked.incrementAndGet();
            return now.getConnection();
        }
    }

    @Test
    void whateverIsThrownLosesItsEventsAndNotTheTrail() {
        AtomicInteger failures = new AtomicInteger();
        Jdbi broken = Jdbi.create(() -> {
            switch (failures.incrementAndGet()) {
                case 1 -> throw new NoClassDefFoundError("thrown by the test");
                case 2 -> throw new IllegalStateException("thrown by the test");
                default -> {
                    // it works from now on
                }
            }
            return database.getConnection();
        });
        try (AuditQueue trail = new AuditQueue(new AuditEventTable(broken), 100, counting)) {
            trail.start();
            trail.add(event(1));
            await().untilAtomic(dropped, org.hamcrest.Matchers.is(1));
            trail.add(event(2));
            await().untilAtomic(dropped, org.hamcrest.Matchers.is(2));
            trail.add(event(3));
            await().untilAtomic(written, org.hamcrest.Matchers.is(1));
        }
    }

    @Test
    void aListenerThatFailsDoesNotEndTheTrail() {
        AtomicInteger told = new AtomicInteger();
        AuditListener failing = new AuditListener() {
            @Override
            public void written(int events) {
                if (told.incrementAndGet() == 1) {
                    throw new IllegalStateException("thrown by the test");
                }
            }
        };
        try (AuditQueue trail = new AuditQueue(events, 100, failing)) {
            trail.start();
            trail.add(event(1));
            await().untilAtomic(told, org.hamcrest.Matchers.is(1));
            trail.add(event(2));
            await().untilAtomic(told, org.hamcrest.Matchers.is(2));
        }

        assertThat(events.newest(EventFilter.ALL, null, 10)).hasSize(2);
    }
}
