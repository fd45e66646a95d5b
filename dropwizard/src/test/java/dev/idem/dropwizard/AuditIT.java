package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.AuditType;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.StoredEvent;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Events of requests are in the audit trail. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class AuditIT {
    private final String key = TestService.newKey();
    private TestService service;
    private AuditEventStore events;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, "{ policy: { keyFormat: uuid } }");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        events = new AuditEventTable(StoreJdbi.on(source));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private List<AuditEvent> happened() {
        return events.newest(EventFilter.ALL, null, 100).stream()
                .map(StoredEvent::event)
                .toList();
    }

    @Test
    void aRepeatAndAReuseAreEventsAndAFirstRequestIsNone() throws Exception {
        service.post("/effects", key);
        service.post("/effects", key);
        service.send(service.post("/effects", key, "{\"other\":1}"));

        await().untilAsserted(() -> assertThat(happened())
                .extracting(AuditEvent::type)
                .containsExactly(AuditType.KEY_REUSED, AuditType.DUPLICATE_PREVENTED));
        AuditEvent repeat = happened().get(1);
        assertThat(repeat.key()).contains(key);
        assertThat(repeat.scope()).isPresent();
        assertThat(repeat.route()).isEqualTo("POST /effects");
        assertThat(repeat.detail()).isEqualTo("outcome=replayed");
        assertThat(service.admin("/prometheus"))
                .contains("idempotency_events_written_total 2.0", "idempotency_events_dropped_total 0.0");
    }

    @Test
    void aChangedRolloutIsAnEvent() throws Exception {
        assertThat(service.task("rollout?percent=10&reason=careful")).contains("10 %");

        assertThat(happened()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditType.ROLLOUT_CHANGED);
            assertThat(event.actor()).contains("admin port");
            assertThat(event.reason()).contains("careful");
        });
    }
}
