package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.journal.JournalListener;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.store.JournalGaps;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.JournalGapRegistry;
import dev.idem.redis.RedisCopy;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** Another node copies to PostgreSQL what a node's journal could not write. */
@ExtendWith(ServersExtension.class)
final class JournalRecoveryIT {
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});

    /** One silence so long that no node counts as dead, and one so short that every other node does. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration NONE = Duration.ZERO;
    private final String prefix = "catch-up:" + UUID.randomUUID() + ':';
    private UnifiedJedis redis;
    private Jdbi jdbi;
    private RedisStore store;

    @BeforeEach
    void start(TestRedis server, TestDatabase database) throws Exception {
        redis = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(server.url(), null), RedisConnections.DEFAULT_TIMEOUT);
        jdbi = Jdbi.create(Tables.in(database));
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> redis, prefix);
        trust.beginRefill(generation, generation);
        trust.trust(generation);
        store = new RedisStore(() -> redis, prefix, () -> Optional.of(generation));
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatADeadNodesJournalHeldIsBroughtByAnother() {
        JournalGapRegistry dead = arrears();
        dead.alive(LONG);
        Lease lease = completed();

        catchUp(LONG, writer()).runOnce();
        assertThat(inPostgres(lease)).isFalse();

        catchUp(NONE, writer()).runOnce();
        assertThat(inPostgres(lease)).isTrue();
        assertThat(arrears().notes().isEmpty()).isTrue();
    }

    @Test
    void whoLeavesOwesNothing() {
        JournalGapRegistry node = arrears();
        node.alive(LONG);
        node.leave();

        assertThat(arrears().alive(NONE)).isZero();
        assertThat(arrears().notes().isEmpty()).isTrue();
    }

    @Test
    void aNoteStaysUntilEverythingIsThere() {
        arrears().alive(LONG);
        Lease lease = completed();
        JournalWriter away = entries -> {
            throw new StoreUnavailableException("postgresql", "it is away");
        };

        catchUp(NONE, away).runOnce();
        assertThat(arrears().notes().isEmpty()).isFalse();

        catchUp(LONG, writer()).runOnce();
        assertThat(inPostgres(lease)).isTrue();
        assertThat(arrears().notes().isEmpty()).isTrue();
    }

    @Test
    void aNoteThatIsWrittenAnewIsNotSettledWithTheOldOne() {
        JournalGapRegistry stuck = arrears();
        stuck.note();
        JournalGaps.Notes read = arrears().notes();
        stuck.note();

        arrears().settled(read);

        assertThat(arrears().notes().isEmpty()).isFalse();
    }

    @Test
    void ofADeadNodeOnlyWhatIsYoungIsLookedAt() {
        arrears().alive(LONG);
        arrears().alive(NONE);
        JournalGaps.Notes notes = arrears().notes();
        Lease lease = completed();
        RedisCopy copy = new RedisCopy(() -> redis, prefix);

        copy.forEach(page -> assertThat(page).allMatch(notes::concern));
        arrears().note();
        assertThat(arrears().notes().from()).isBefore(notes.from());
        assertThat(inPostgres(lease)).isFalse();
    }

    private Lease completed() {
        ClaimRequest request = new ClaimRequest(
                new RecordId(
                        new Scope("user:" + UUID.randomUUID()),
                        UUID.randomUUID().toString()),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                LONG,
                LONG,
                new ClaimOrigin("n1", "POST /orders"));
        Lease lease = ((Claim.Acquired) store.claim(request)).lease();
        assertThat(store.complete(lease, ANSWER)).isTrue();
        return lease;
    }

    private boolean inPostgres(Lease lease) {
        return new PostgresRecords(jdbi)
                .find(lease.id())
                .filter(record -> record.answer().equals(Optional.of(ANSWER)))
                .isPresent();
    }

    private JournalWriter writer() {
        return new PostgresJournalWriter(jdbi);
    }

    private JournalGapRegistry arrears() {
        return new JournalGapRegistry(() -> redis, prefix);
    }

    private JournalRecovery catchUp(Duration silence, JournalWriter writer) {
        Journal idle = new Journal(writer, JournalLimits.DEFAULT, JournalListener.NONE);
        return new JournalRecovery(silence, idle, arrears(), new RedisCopy(() -> redis, prefix), writer);
    }
}
