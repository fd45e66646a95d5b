package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.RecoveryTurn;
import dev.idem.core.store.recovery.RecoveryTurn.Progress;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/**
 * A server may forget a script before any call: it restarts, a replica takes over, an operator flushes scripts, or others have sent
 * many. Only the scripts that decide claims must not be sent again then.
 */
final class ForgottenScriptsIT {
    private static final String PREFIX = "f*:";
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");
    private static final UUID OWNER = UUID.fromString("8e03978e-40d5-43dd-bc93-6894a57f9324");
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Filter ALL = new Filter(null, null, null, 10);

    private final EphemeralRedis server = EphemeralRedis.start();
    private final UnifiedJedis redis =
            RedisConnections.open((RedisTarget.External) RedisTarget.parse(server.url(), null), Duration.ofSeconds(5));
    private final RedisFastStore fast = new RedisFastStore(() -> redis, PREFIX);
    private final Generation refill = Generation.next();

    @AfterEach
    void close() {
        redis.close();
        server.close();
    }

    @Test
    void areSentAgainByEveryStepThatDecidesNoClaim() {
        steps().forEach((name, step) -> {
            redis.scriptFlush();
            assertThatCode(step).as(name).doesNotThrowAnyException();
        });
    }

    private Map<String, ThrowingCallable> steps() {
        RedisCopy copy = (RedisCopy) fast.copy();
        RecoveryTurn turn = fast.recoveryTurn();
        Map<String, ThrowingCallable> steps = new LinkedHashMap<>();
        steps.put("probe", () -> fast.probe(true));
        steps.put("installation_claim", () -> fast.owner().claim(new Installation("ours", "orders")));
        steps.put("nodes", () -> assertThat(fast.owner().nodes()).isZero());
        steps.put("end, set", () -> fast.markers().beginRefill(Generation.next(), refill));
        steps.put("put", () -> copy.put(List.of(completed()), refill));
        steps.put("heads", () -> assertThat(copy.heads(List.of(ID))).hasSize(1));
        steps.put("read", () -> copy.find(List.of(ID), page -> assertThat(page).hasSize(1)));
        steps.put("remember", () -> fast.answers().remember(completed()));
        steps.put("forget", () -> copy.forget(List.of(completed())));
        steps.put("bury", () -> copy.bury(List.of(stone()), refill));
        steps.put("trust", () -> fast.markers().trust(refill));
        steps.put("list", () -> fast.records().list(ALL, null));
        steps.put("clear_stale", () -> fast.records().clearIfStale(completed(), LIFE));
        steps.put("resolve", () -> fast.records().resolve(completed(), answer()));
        steps.put("delete", () -> fast.records().delete(stone()));
        steps.put("glance", () -> fast.records().estimate(LIFE));
        steps.put("statistics", () -> fast.records().statistics(LIFE, count -> {}));
        steps.put("alive", () -> fast.journalGaps().alive(LIFE));
        steps.put("note", () -> fast.journalGaps().note());
        steps.put("settle", () -> fast.journalGaps().settled(fast.journalGaps().notes()));
        steps.put("turn_take", () -> assertThat(turn.take(LIFE)).isTrue());
        steps.put("turn_keep", () -> turn.keep(Progress.begin(fast.journalGaps().notes()), LIFE));
        steps.put("turn_end", () -> turn.done(LIFE));
        steps.put("changed", () -> fast.changedRecords().step(Instant.EPOCH, null, AnswerIndex.NONE, page -> {}));
        return steps;
    }

    private static Tombstone stone() {
        return new Tombstone(ID, Set.of(OWNER), MonotonicInstant.now(), LIFE);
    }

    private static RecordedResponse answer() {
        return new RecordedResponse(201, List.of(), new byte[] {1});
    }

    private static StoredRecord completed() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new StoredRecord(
                ID,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                OWNER,
                1,
                1,
                new ClaimOrigin("node", "POST /orders"),
                now,
                now,
                Duration.ofSeconds(30),
                Optional.empty(),
                Optional.of(now),
                now.plus(LIFE),
                Optional.of(answer()),
                now);
    }
}
