package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which records count as stale. */
@ExtendWith(ServersExtension.class)
final class RecordCountIT {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private MigratedDatabase database;
    private PostgresStore store;
    private RecordCount locks;
    private RecordCount held;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        locks = RecordCount.ofStale(database.jdbi());
        held = RecordCount.ofHeld(database.jdbi());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneWhoseOwnerIsSilentForLongerThanItsOwnLockTimeoutDoes() {
        claim("dead", DAY, SHORT);
        claim("alive", DAY, DAY);

        await().untilAsserted(() -> assertThat(locks.count()).isEqualTo(1));
    }

    @Test
    void oneThatIsCompletedDoesNot() {
        Lease done = claim("done", DAY, SHORT);
        claim("dead", DAY, SHORT);
        store.complete(done, new RecordedResponse(201, List.of(), new byte[0]));

        await().untilAsserted(() -> assertThat(locks.count()).isEqualTo(1));
    }

    @Test
    void oneThatHasExpiredDoesNot() {
        claim("expired", SHORT, SHORT);
        claim("dead", DAY, SHORT);

        await().untilAsserted(() -> assertThat(locks.count()).isEqualTo(1));
    }

    @Test
    void oneOfWhichNobodyKnowsWhetherItTookEffectIsHeldUntilItIsResolved() {
        Lease lost = claim("lost", DAY, DAY);
        store.complete(lost, AnswerNotStored.OUTCOME_UNKNOWN);
        store.complete(claim("large", DAY, DAY), new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
        store.complete(claim("done", DAY, DAY), new RecordedResponse(201, List.of(), new byte[0]));
        RecordAdministration records = new PostgresRecords(database.jdbi());
        Filter ofHeld = new Filter(RecordState.HELD, null, null, 10);

        assertThat(held.count()).isEqualTo(1);
        assertThat(records.list(ofHeld, null).records())
                .extracting(head -> head.id().key())
                .containsExactly("lost");
        String index = database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT indexdef FROM pg_indexes WHERE indexname = 'idempotency_records_held'")
                .mapTo(String.class)
                .one());
        assertThat(index).contains(HexFormat.of().formatHex(AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN)));

        records.release(records.find(lost.id()).orElseThrow());
        assertThat(held.count()).isZero();
    }

    private Lease claim(String key, Duration ttl, Duration lockTimeout) {
        ClaimRequest request = new ClaimRequest(
                new RecordId(new Scope("user:1"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                lockTimeout,
                ttl,
                new ClaimOrigin("node", "POST /"));
        return ((Claim.Acquired) store.claim(request)).lease();
    }
}
