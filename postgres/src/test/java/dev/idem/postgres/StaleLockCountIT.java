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
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which records count as stale. */
@ExtendWith(ServersExtension.class)
final class StaleLockCountIT {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private MigratedDatabase database;
    private PostgresStore store;
    private StaleLockCount locks;

    @BeforeEach
    void open(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        locks = new StaleLockCount(database.jdbi());
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
