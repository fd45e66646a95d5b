package dev.idem.postgres.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.store.authority.TrustRow;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Tables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node refills at a time, also beside a node of release 0.9.0, which has a lock of its session meanwhile. */
@ExtendWith(ServersExtension.class)
final class RefillTurnIT {
    private static final String LOCK = "hashtext('idempotency_trust refill')";

    private final Jdbi plain;
    private final Jdbi jdbi;
    private final RefillTurn turn;

    RefillTurnIT(TestDatabase server) {
        plain = Jdbi.create(Tables.in(server));
        jdbi = StoreJdbi.on(Tables.in(server));
        turn = new RefillTurn(jdbi, "postgresql");
    }

    @BeforeEach
    void distrust() {
        plain.useHandle(
                handle -> handle.execute("UPDATE idempotency_trust SET trusted = false, blocked_until = now()"));
    }

    @Test
    void theTurnIsFreeAgainWhenTheTaskEndsOrFails() {
        List<Boolean> meanwhile = new ArrayList<>();

        assertThat(turn.run(() -> meanwhile.add(turn.run(() -> {})))).isTrue();
        assertThatThrownBy(() -> turn.run(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(meanwhile).containsExactly(false);
        assertThat(turn.run(() -> {})).isTrue();
        await().until(() -> !isBlocked(plain));
    }

    /** A node that cannot reach Redis reports that each round, for as long as a turn is leased at a time. */
    @Test
    void noRenewalHidesTheReportOfANodeWithoutRedisAndNoEndTakesItBack() {
        PostgresTrustRow row = new PostgresTrustRow(jdbi, "node");
        List<String> reported = new ArrayList<>();

        turn.run(() -> {
            await().until(() -> {
                row.block(Duration.ofSeconds(3));
                String renewedAt = until();
                await().until(() -> !until().equals(renewedAt));
                return row.read().blocked();
            });
            row.block(Duration.ofSeconds(3));
            reported.add(of("blocked_until"));
        });

        assertThat(of("blocked_until")).isGreaterThanOrEqualTo(reported.get(0));
    }

    @Test
    void whatNodesRelyOnNeedsNoConnectionOfTheRequests() {
        Jdbi exhausted = StoreJdbi.on(() -> {
            throw new SQLException("requests have all connections");
        });
        TrustRow row = new PostgresDurableStore(exhausted, jdbi).trustRow("node");

        row.block(Duration.ofSeconds(60));
        assertThat(row.read().blocked()).isTrue();
        assertThat(row.revoke(row.read().generation(), Duration.ZERO)).isFalse();
        assertThat(row.inTurn(() -> {})).isTrue();
    }

    @Test
    void itIsRenewedForAsLongAsTheTaskRuns() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> long_ = CompletableFuture.supplyAsync(() -> turn.run(() -> awaitGate(end)));
        await().until(() -> until() != null);
        String first = until();
        await().until(() -> !first.equals(until()));
        end.countDown();

        assertThat(long_.get()).isTrue();
        assertThat(until()).isNull();
    }

    @Test
    void aDeadNodesTurnEnds() {
        plain.useHandle(handle -> handle.execute("UPDATE idempotency_trust SET refill_owner = gen_random_uuid(),"
                + " refill_until = clock_timestamp() + interval '1 hour'"));
        assertThat(turn.run(() -> {})).isFalse();

        plain.useHandle(handle -> handle.execute("UPDATE idempotency_trust SET refill_until = clock_timestamp()"));
        assertThat(turn.run(() -> {})).isTrue();
    }

    @Test
    void aNodeOfTheReleaseBeforeKeepsThisOneFromItsTurn() {
        try (Handle earlier = plain.open()) {
            earlier.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            assertThat(turn.run(() -> {})).isFalse();

            earlier.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            assertThat(turn.run(() -> {})).isTrue();
        }
    }

    /** It begins none while the row says so, and this release does not take that for a node without Redis. */
    @Test
    void aNodeOfTheReleaseBeforeIsKeptFromItsTurn() {
        List<Boolean> blocked = new ArrayList<>();
        PostgresTrustRow row = new PostgresTrustRow(jdbi, "node");

        turn.run(() -> {
            blocked.add(isBlocked(plain));
            blocked.add(row.read().blocked());
            row.block(Duration.ofSeconds(60));
            blocked.add(row.read().blocked());
        });

        assertThat(blocked).containsExactly(true, false, true);
        assertThat(isBlocked(plain)).isTrue();
    }

    private static boolean isBlocked(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT blocked_until > clock_timestamp() AS blocked FROM idempotency_trust")
                .mapTo(Boolean.class)
                .one());
    }

    private String until() {
        return of("refill_until");
    }

    private String of(String column) {
        return plain.withHandle(handle -> handle.createQuery("SELECT <column>::text FROM idempotency_trust")
                .define("column", column)
                .mapTo(String.class)
                .one());
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
