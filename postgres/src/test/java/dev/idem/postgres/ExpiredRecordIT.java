package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL does not delete expired rows itself: such a row exists until it is swept, but counts as absent. */
@ExtendWith(ServersExtension.class)
class ExpiredRecordIT {
    private static final Duration TTL = Duration.ofMillis(20);
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});

    private MigratedDatabase database;
    private PostgresStore store;
    private PostgresRecords records;
    private ExpiredRecordSweeper sweeper;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        records = new PostgresRecords(database.jdbi());
        sweeper = new ExpiredRecordSweeper(database.jdbi(), 2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void operatorsDoNotSeeARowThatHasExpired() {
        complete("k", TTL);
        await().until(() -> rows("expires_at <= clock_timestamp()") == 1);

        assertThat(records.find(request("k", TTL).id())).isEmpty();
        assertThat(records.findByKey("k", 10)).isEmpty();
        assertThat(records.list(new Filter(null, null, null, 10), null).records())
                .isEmpty();
        assertThat(rows("true")).isEqualTo(1);
    }

    @Test
    void anotherRequestTakesTheRowOver() {
        complete("k", TTL);
        await().until(() -> rows("expires_at <= clock_timestamp()") == 1);

        assertThat(store.claim(request("k", Duration.ofHours(1))))
                .isInstanceOfSatisfying(
                        Claim.Acquired.class,
                        acquired -> assertThat(acquired.lease().attempt()).isEqualTo(1));
        assertThat(rows("true")).isEqualTo(1);
    }

    @Test
    void itIsSweptBatchAfterBatchAndNothingElseIs() {
        for (int i = 0; i < 5; i++) {
            complete("expired-" + i, TTL);
        }
        complete("kept", Duration.ofHours(1));
        store.claim(request("running", TTL));
        await().until(() -> rows("expires_at <= clock_timestamp()") == 5);

        assertThat(sweeper.sweep()).isEqualTo(5);

        assertThat(rows("key IN ('kept', 'running')")).isEqualTo(2);
        assertThat(rows("true")).isEqualTo(2);
    }

    private void complete(String key, Duration ttl) {
        Lease lease = ((Claim.Acquired) store.claim(request(key, ttl))).lease();
        assertThat(store.complete(lease, ANSWER)).isTrue();
    }

    private int rows(String condition) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM idempotency_records WHERE <condition>")
                        .define("condition", condition)
                        .mapTo(Integer.class)
                        .one());
    }

    private static ClaimRequest request(String key, Duration ttl) {
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                ttl,
                new ClaimOrigin("node", "POST /"));
    }
}
