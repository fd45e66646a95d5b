package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** An engine on one store that may fail, and requests to it. The engine's background work is not started. */
abstract class EngineFixture {
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);
    static final Duration LONG = Duration.ofSeconds(20);
    static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});
    static final RecordedResponse OTHER_ANSWER = new RecordedResponse(201, List.of(), new byte[] {2});
    static final Policy IMPATIENT = policy(Duration.ZERO, OnStoreFailure.OPEN);
    static final Policy PATIENT = policy(LONG, OnStoreFailure.OPEN);
    static final Policy CLOSED = policy(Duration.ZERO, OnStoreFailure.CLOSED);

    final SettableClock clock = new SettableClock();
    final BreakableStore store = new BreakableStore("redis", clock);
    final MemoryStore memory = new MemoryStore(1 << 20, clock);
    final RecordingListener listener = new RecordingListener();
    IdempotencyEngine engine = engine(2);

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        engine.close();
        clients.shutdownNow();
    }

    final IdempotencyEngine engine(int maxWaiting) {
        return new IdempotencyEngine("node-1", OneStore.on(store, memory, listener), maxWaiting, listener);
    }

    static Policy policy(Duration wait, OnStoreFailure onStoreFailure) {
        return new Policy(Duration.ofHours(24), LOCK_TIMEOUT, wait, onStoreFailure, Consistency.STRICT);
    }

    final Claim claim(String key, Policy policy) {
        return claim(key, 1, policy);
    }

    final Claim claim(String key, int request, Policy policy) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) request;
        return engine.claim(new RecordId(new Scope("user:1"), key), new Fingerprint(digest), policy, "POST /orders");
    }

    /** A claim of a request without a key. */
    final Claim claim(Duration window, Policy policy) {
        return engine.claim(
                new Scope("user:1"), new Fingerprint(new byte[Fingerprint.LENGTH]), window, policy, "POST /orders");
    }

    final Lease acquire(String key) {
        Claim claim = claim(key, IMPATIENT);
        assertThat(claim).isInstanceOf(Claim.Acquired.class);
        return ((Claim.Acquired) claim).lease();
    }

    final <T> Future<T> inBackground(Callable<T> client) {
        return clients.submit(client);
    }

    final void assertReplays(Claim claim, RecordedResponse answer) {
        assertThat(claim).isInstanceOfSatisfying(Claim.Replay.class, replay -> {
            assertThat(replay.answer()).isEqualTo(answer);
            assertThat(replay.completedAt()).isEqualTo(clock.instant());
        });
    }
}
