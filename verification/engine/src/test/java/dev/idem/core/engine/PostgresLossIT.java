package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** PostgreSQL dies and restarts, while Redis is authoritative. */
class PostgresLossIT extends TwoNodes {
    private final EphemeralPostgres postgres = EphemeralPostgres.start();

    @BeforeEach
    void begin() {
        start(new TestDatabase(postgres.createDatabase()));
    }

    @AfterEach
    void stopPostgres() {
        postgres.close();
    }

    @Test
    void withoutPostgresqlRedisDecidesAndTheJournalCatchesUp() {
        postgres.kill();
        try {
            first.complete(first.acquire("k"), ANSWER);

            assertReplays(second, "k", ANSWER);
        } finally {
            postgres.restart();
        }
        awaitJournalled("k");
    }

    @Test
    void whatADeadNodeCouldNotTellIsBroughtFromRedisByAnother() {
        postgres.kill();
        first.complete(first.acquire("k"), ANSWER);
        try (RedisClient client = RedisClient.create(redis.url())) {
            await().atMost(LONG).until(() -> client.exists("t:{0}:arrears"));
        }
        first.loseDatabase();

        postgres.restart();

        awaitJournalled("k");
    }

    @Test
    void strictRepeatsAreAnsweredByRedisAloneOnceTheAnswerIsThere() {
        Lease lease = ((Claim.Acquired) first.claim("k", Consistency.STRICT)).lease();
        assertThat(second.claim("k", Consistency.STRICT)).isInstanceOf(Claim.InFlight.class);
        first.complete(lease, ANSWER);
        await().atMost(LONG).until(() -> first.listener.asked.stream()
                .anyMatch(asked -> asked.operation() == EngineListener.Operation.REMEMBER));

        postgres.kill();
        try {
            assertThat(second.claim("k", Consistency.STRICT)).isInstanceOf(Claim.Replay.class);
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> second.claim("new", Consistency.STRICT));
        } finally {
            postgres.restart();
        }
    }

    /** A repeat that came meanwhile reaches PostgreSQL with all that it has missed. */
    @Test
    void afterASilenceALiveOwnerKeepsItsKey() {
        assertALiveOwnerKeepsItsKey(postgres::pause, postgres::resume);
    }

    /** Reads of the trust row go on. */
    @Test
    void whileCommitsWaitForAStandbyALiveOwnerKeepsItsKey() {
        assertALiveOwnerKeepsItsKey(
                () -> reconfigure("SET synchronous_standby_names = 'absent'"),
                () -> reconfigure("RESET synchronous_standby_names"));
    }

    private void reconfigure(String change) {
        jdbi.useHandle(handle -> {
            handle.execute("ALTER SYSTEM " + change);
            handle.execute("SELECT pg_reload_conf()");
        });
    }

    /** Its heartbeats could not arrive. */
    private void assertALiveOwnerKeepsItsKey(Runnable away, Runnable back) {
        PostgresStore ofOwner = PostgresStore.always(jdbi);
        Lease lease = ((Claim.Acquired) ofOwner.claim(strictRequest("k"))).lease();
        assertThat(second.claim("k", Consistency.STRICT)).isInstanceOf(Claim.InFlight.class);
        away.run();
        try {
            // A session of PostgreSQL reads its new settings with its next statement, or the one after it.
            await().atMost(LONG).untilAsserted(() -> assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> second.claim("k", Consistency.STRICT)));
            long begin = System.nanoTime();
            await().atMost(LONG)
                    .until(() -> System.nanoTime() - begin
                            > Node.LOCK_TIMEOUT.multipliedBy(2).toNanos());
        } finally {
            back.run();
        }

        Claim next = await().atMost(LONG)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .until(() -> second.claim("k", Consistency.STRICT), claim -> true);
        assertThat(next).isInstanceOf(Claim.InFlight.class);
        assertThat(ofOwner.renew(lease)).isTrue();
        assertThat(ofOwner.complete(lease, ANSWER)).isTrue();
        await().atMost(LONG).until(() -> second.claim("k", Consistency.STRICT) instanceof Claim.Replay);
    }

    private static ClaimRequest strictRequest(String key) {
        return new ClaimRequest(
                Node.id(key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Node.LOCK_TIMEOUT,
                Duration.ofHours(1),
                new ClaimOrigin("owner", "POST /orders"),
                Consistency.STRICT,
                Optional.empty());
    }
}
