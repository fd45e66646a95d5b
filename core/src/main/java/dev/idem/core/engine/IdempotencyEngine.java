package dev.idem.core.engine;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.core.engine.waiting.RepeatWaiters;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a repeated request take effect once. A caller claims. If it {@linkplain Claim.Acquired acquires}, it executes
 * and then completes with the answer before the client receives it. If nothing took effect, it abandons instead.
 *
 * <p>Thread-safe. {@link #start()} begins the heartbeats; {@link #close()} ends them and leaves the stores open.
 */
public final class IdempotencyEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IdempotencyEngine.class);
    private static final Duration HEARTBEAT_CHECK = Duration.ofMillis(100);
    private static final Duration ROUND = Duration.ofMillis(500);

    private static final Duration LAST_LOOK = Duration.ofSeconds(5);

    /** The heartbeats of each consistency, and the answers that no store could take. */
    private static final int OWN_TASKS = 3;

    private final String node;
    private final EngineBackend stores;
    private final LeaseKeeper leases;
    private final ClaimFlow claims;
    private final LeaseEnd ends;
    private final ScheduledExecutorService background;

    /**
     * @param node this process's name, for operators
     * @param maxWaiting how many requests of this node may wait for another request at the same time
     */
    public IdempotencyEngine(String node, EngineStores storage, int maxWaiting, EngineListener listener) {
        this(node, new StoreCoordinator(node, storage, listener), maxWaiting, listener);
    }

    /**
     * An engine on one store alone, for tests of applications. It need not be started: it then has no thread, sends no
     * heartbeats, and offers what the store could not take only by {@link #offerUnstored}.
     *
     * @param records what the store has
     * @param memory decides while the store is unavailable
     */
    public static IdempotencyEngine onOneStore(
            String node,
            IdempotencyStore store,
            Function<RecordId, Optional<StoredRecord>> records,
            MemoryStore memory,
            int maxWaiting,
            EngineListener listener) {
        return new IdempotencyEngine(node, new SingleStore(store, records, memory), maxWaiting, listener);
    }

    IdempotencyEngine(String node, EngineBackend stores, int maxWaiting, EngineListener listener) {
        this.node = node;
        this.stores = stores;
        this.leases = new LeaseKeeper(stores::of);
        ScopeBounds bounds = new ScopeBounds();
        RepeatWaiters waiters = new RepeatWaiters(maxWaiting);
        this.ends = new LeaseEnd(listener, stores, leases, bounds, waiters);
        this.claims = new ClaimFlow(listener, stores, leases, bounds, waiters, ends);
        // One thread per task, so that a silent store does not delay the work with the other.
        this.background = Executors.newScheduledThreadPool(
                OWN_TASKS + stores.rounds().size(), task -> DaemonThreads.of("idempotency", task));
    }

    /**
     * Begins the heartbeats and all other background work, and looks once which store is authoritative. Call it once.
     */
    public void start() {
        stores.start();
        PeriodicTask rounds = new PeriodicTask(background);
        for (Consistency consistency : Consistency.values()) {
            rounds.repeat("heartbeats", Duration.ZERO, HEARTBEAT_CHECK, () -> leases.beat(consistency));
        }
        rounds.repeat("answers that no store has taken", Duration.ZERO, HEARTBEAT_CHECK, ends::offerUnstored);
        stores.rounds().forEach(round -> rounds.repeat("the watch over the stores", Duration.ZERO, ROUND, round));
        stores.awaitFirstRound();
    }

    /**
     * Claims a request with a key, and waits if another request with that key executes.
     *
     * @param route the route's template, for operators
     * @return {@link Claim.InFlight} only when {@link Policy#maxWait()} has passed, too many wait already, or the
     *     client is gone
     * @throws dev.idem.core.store.StoreUnavailableException if no store is available and the policy is closed
     * @throws TooManyInFlightException if the key is free, and its scope has as many in flight here as the policy allows
     */
    public Claim claim(RecordId id, Fingerprint fingerprint, Policy policy, String route, ClientLiveness caller) {
        return claim(id, id.scope(), fingerprint, policy, route, caller);
    }

    /**
     * The same for a record whose scope is only a part of its caller's.
     *
     * @param whose the caller's scope, to which {@link Policy#maxInFlightPerScope()} applies
     */
    public Claim claim(
            RecordId id, Scope whose, Fingerprint fingerprint, Policy policy, String route, ClientLiveness caller) {
        return claims.claim(
                request(id, fingerprint, policy, route, policy.ttl(), Optional.empty()), whose, policy, caller);
    }

    /** The same for a client that counts as {@linkplain ClientLiveness#PRESENT present}. */
    public Claim claim(RecordId id, Fingerprint fingerprint, Policy policy, String route) {
        return claim(id, fingerprint, policy, route, ClientLiveness.PRESENT);
    }

    /**
     * Claims a request without a key: its fingerprint serves as the key, and the answer stands for the window only.
     *
     * @param window how long after the first request an equal one counts as its repeat
     * @return never {@link Claim.KeyReused}
     */
    public Claim claim(
            Scope scope, Fingerprint fingerprint, Duration window, Policy policy, String route, ClientLiveness caller) {
        // Waiters may look the answer up after the window has ended.
        Duration ttl = window.plus(policy.maxWait()).plus(LAST_LOOK);
        Optional<Window> justCome = Optional.of(new Window(window, false));
        return claims.claim(
                request(RecordId.of(scope, fingerprint), fingerprint, policy, route, ttl, justCome),
                scope,
                policy,
                caller);
    }

    /** The same for a client that counts as {@linkplain ClientLiveness#PRESENT present}. */
    public Claim claim(Scope scope, Fingerprint fingerprint, Duration window, Policy policy, String route) {
        return claim(scope, fingerprint, window, policy, route, ClientLiveness.PRESENT);
    }

    private ClaimRequest request(
            RecordId id, Fingerprint fingerprint, Policy policy, String route, Duration ttl, Optional<Window> window) {
        return new ClaimRequest(
                id,
                fingerprint,
                UUID.randomUUID(),
                policy.lockTimeout(),
                ttl,
                new ClaimOrigin(node, route),
                policy.consistency(),
                window);
    }

    /**
     * Stores the answer. Send it to the client only after this. Never throws for a store's failure. An answer that no
     * store can take stays {@linkplain CompletionOutcome.InMemoryOnly in memory} until one does, and its lease is kept
     * alive.
     */
    public CompletionOutcome complete(Lease lease, Answer answer) {
        return ends.complete(lease, answer);
    }

    /**
     * Stores an answer in the transaction of the request's effect, so that both are committed together. Never throws
     * for the failure of any other store.
     *
     * @param commit completes the record in that transaction and commits it, or rolls it back and returns false; the
     *     durable store's module has the statement
     * @return fenced if it was rolled back, because another owner has answered or executes
     * @throws dev.idem.core.store.StoreUnavailableException if {@code commit} throws it. It may be unknown whether it
     *     was committed. The key is free, and a repeat finds out
     */
    public CompletionOutcome completeAtomically(Lease lease, Answer answer, BooleanSupplier commit) {
        return ends.completeAtomically(lease, answer, commit);
    }

    /**
     * Waits a moment at most until the durable store knows of the lease. Call it before a transaction that sees one snapshot
     * (REPEATABLE READ, SERIALIZABLE) and will complete the lease: it would conflict with a later write of the claim.
     */
    public void awaitDurable(Lease lease) {
        ends.awaitDurable(lease);
    }

    /**
     * Writes no more heartbeats of the lease to the durable store, with which such a transaction would conflict, too. Where that
     * store decides, the lease has no heartbeats from now on, and a repeat takes over after the lock timeout.
     */
    public void leaveToTransaction(Lease lease) {
        leases.leaveToTransaction(lease);
    }

    /** Frees the key, because the request took no effect. Never throws for a store's failure. */
    public void abandon(Lease lease) {
        ends.abandon(lease);
    }

    /** Offers the stores what they could not take, as the background does. Never throws for a store's failure. */
    public void offerUnstored() {
        ends.offerUnstored();
    }

    /** How many requests execute now under a lease of this node. */
    public int inFlight() {
        return leases.size();
    }

    /** About how many answers this process keeps for repeats. */
    public long keptNear() {
        return stores.near().size();
    }

    /** Which store is authoritative, the circuit breakers, and the journal. Reads memory only. */
    public EngineStatus status() {
        return stores.status();
    }

    /**
     * Ends the heartbeats, and writes to PostgreSQL what it lacks, which may take ten seconds. Leases still held go
     * stale, because nobody knows what their requests did.
     */
    @Override
    public void close() {
        background.shutdownNow();
        ends.offerUnstored();
        stores.close();
        if (ends.unstored() > 0) {
            log.warn("{} answers could not be stored; their requests took effect", ends.unstored());
        }
        if (leases.size() > 0) {
            log.warn("{} requests were still executing; repeats take over after their lock timeout", leases.size());
        }
    }
}
