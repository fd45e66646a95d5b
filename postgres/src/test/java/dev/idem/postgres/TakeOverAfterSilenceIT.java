package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Tables;
import dev.idem.postgres.silence.AnsweringTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While PostgreSQL was silent, or took no writes, no heartbeat arrived. So an owner may well be alive. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class TakeOverAfterSilenceIT {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final AnsweringTime answering = new AnsweringTime();
    private TestDatabase database;
    private Jdbi jdbi;
    private PostgresStore store;
    private Lease lease;

    @BeforeEach
    void claimAndFallSilent(TestDatabase server) {
        database = server;
        jdbi = StoreJdbi.on(Tables.in(server));
        store = new PostgresStore(jdbi, jdbi, jdbi, answering, false);
        lease = ((Claim.Acquired) claim()).lease();
        noHeartbeatCame();
    }

    private Claim claim() {
        return claim(store);
    }

    private static Claim claim(IdempotencyStore steps) {
        return steps.claim(new ClaimRequest(
                new RecordId(Scope.ofUser("ann"), "k"),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                LOCK_TIMEOUT,
                Duration.ofHours(1),
                new ClaimOrigin("node", "POST /orders"),
                Consistency.STRICT,
                Optional.empty()));
    }

    private void noHeartbeatCame() {
        jdbi.useHandle(handle ->
                handle.execute("UPDATE idempotency_records SET heartbeat_at = heartbeat_at - interval '10 s'"));
    }

    private Instant now() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT clock_timestamp()")
                .mapTo(Instant.class)
                .one());
    }

    @Test
    void anOwnerWithoutHeartbeatIsReplacedAtOnceWhilePostgresqlHasAnswered() {
        answering.answered(now());

        assertThat(claim()).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void afterASilenceTheOwnerGetsItsLockTimeoutAgain() {
        answering.answered(now().minus(SILENCE));
        answering.answered(now());

        assertThat(claim()).isInstanceOf(Claim.InFlight.class);
        assertThat(store.renew(lease)).isTrue();

        noHeartbeatCame();
        await().until(() -> {
            answering.answered(now());
            return claim() instanceof Claim.Acquired;
        });
    }

    /** It was sent before the silence, and the server executes it when it goes on, for a client that has gone. */
    @Test
    void aStatementOfBeforeTheSilenceTakesNothingOver() {
        answering.answered(now().minus(SILENCE));

        assertThat(claim()).isInstanceOf(Claim.InFlight.class);
        assertThat(store.renew(lease)).isTrue();
    }

    /** A locked table is one of many reasons: an index that is built, a full disk, or a commit that waits for a standby. */
    @ParameterizedTest
    @ValueSource(strings = {"ACCESS EXCLUSIVE", "SHARE"})
    void answersToReadsAreNoneToHeartbeats(String mode) throws SQLException {
        PostgresDurableStore durable = new PostgresDurableStore(jdbi);
        TrustRow trust = durable.trustRow("node");
        durable.probe();
        trust.read();

        try (Connection other = DriverManager.getConnection(database.jdbcUrl())) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE idempotency_records IN " + mode + " MODE");
            Instant locked = now();
            await().until(() -> {
                trust.read();
                return now().isAfter(locked.plus(LOCK_TIMEOUT).plusMillis(100));
            });
        }
        durable.probe();

        assertThat(claim(durable.steps())).isInstanceOf(Claim.InFlight.class);
        assertThat(store.renew(lease)).isTrue();

        noHeartbeatCame();
        await().until(() -> {
            durable.probe();
            return claim(durable.steps()) instanceof Claim.Acquired;
        });
    }
}
