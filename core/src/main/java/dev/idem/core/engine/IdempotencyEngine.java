package dev.idem.core.engine;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.core.engine.waiting.RepeatWaiters;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
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

    /** The heartbeats, and the answers that no store could take. */
    private static final int OWN_TASKS = 2;

    private final String node;
    private final EngineListener listener;
    private final EngineBackend stores;
    private final LeaseKeeper leases;
    private final ScopeBounds bounds = new ScopeBounds();
    private final RepeatWaiters waiters;
    private final UnstoredAnswers unstored;
    private final NearCache near;
    private final ScheduledExecutorService background;

    /**
     * @param node this process's name, for operators
     * @param maxWaiting how many requests of this node may wait for another request at the same time
     */
    public IdempotencyEngine(String node, EngineStores storage, int maxWaiting, EngineListener listener) {
        this(node, new StoreCoordinator(node, storage, listener), maxWaiting, listener);
    }

    IdempotencyEngine(String node, EngineBackend stores, int maxWaiting, EngineListener listener) {
        this.node = node;
        this.listener = listener;
        this.stores = stores;
        this.near = stores.near();
        this.leases = new LeaseKeeper(stores::of);
        this.waiters = new RepeatWaiters(maxWaiting);
        this.unstored = new UnstoredAnswers(stores.memory(), this::letGo);
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
        rounds.repeat("heartbeats", Duration.ZERO, HEARTBEAT_CHECK, leases::beat);
        rounds.repeat("answers that no store has taken", Duration.ZERO, HEARTBEAT_CHECK, unstored::runOnce);
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
        return claim(request(id, fingerprint, policy, route, policy.ttl(), Optional.empty()), whose, policy, caller);
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
        return claim(
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

    /** Looks into the near cache, claims in a store, and waits for a running request. */
    private Claim claim(ClaimRequest request, Scope whose, Policy policy, ClientLiveness client) {
        Optional<Claim> kept = near.find(request);
        if (kept.isPresent()) {
            listener.answeredNear();
            return kept.get();
        }
        NearCache.Asked asked = near.asking();
        Claim claim = attempt(request, whose, policy);
        if (claim instanceof Claim.InFlight && !policy.maxWait().isZero()) {
            claim = claimAgain(claim, request, whose, policy, client);
            listener.waited(Duration.ofNanos(System.nanoTime() - asked.nanoTime()));
        }
        if (claim instanceof Claim.Replay replay) {
            near.remember(request, replay, asked);
        }
        return claim instanceof Claim.Acquired acquired ? begun(acquired, request, policy) : claim;
    }

    /** Waits and claims in turn, until the first request has ended or this one waits no more. */
    private Claim claimAgain(Claim first, ClaimRequest request, Scope whose, Policy policy, ClientLiveness client) {
        Optional<RepeatWaiters.Waiter> place = waiters.enter(request.id(), policy.maxWait(), client);
        if (place.isEmpty()) {
            return first;
        }
        try (RepeatWaiters.Waiter waiter = place.get()) {
            Claim claim = first;
            while (claim instanceof Claim.InFlight) {
                RepeatWaiters.Turn turn = waiter.next();
                if (turn instanceof RepeatWaiters.Turn.Told told) {
                    return told.answer();
                }
                if (turn instanceof RepeatWaiters.Turn.NotYet) {
                    return claim;
                }
                claim = attempt(request.waiting(), whose, policy);
                waiter.claimed(claim);
            }
            return claim;
        }
    }

    private Claim begun(Claim.Acquired acquired, ClaimRequest request, Policy policy) {
        Lease lease = acquired.lease();
        leases.keep(lease);
        if (lease.takenOver()) {
            listener.staleRecovered(lease);
        }
        if (unstored.adopt(lease).isPresent()) {
            // It executed here during this claim, and its answer could not be stored.
            bounds.ended(lease);
            return stores.of(policy.consistency()).claim(request, policy.onStoreFailure());
        }
        return acquired;
    }

    private Claim attempt(ClaimRequest request, Scope whose, Policy policy) {
        return bounds.claim(whose, request, policy, stores.of(policy.consistency()));
    }

    /**
     * Stores the answer. Send it to the client only after this. Never throws for a store's failure. An answer that no
     * store can take stays {@linkplain CompletionOutcome.InMemoryOnly in memory} until one does, and its lease is kept
     * alive.
     */
    public CompletionOutcome complete(Lease lease, Answer answer) {
        NearCache.Asked asked = near.asking();
        CompletionOutcome outcome = store(lease, answer);
        if (outcome instanceof CompletionOutcome.Stored) {
            near.remember(lease.request(), answer, asked);
        }
        if (outcome instanceof CompletionOutcome.InMemoryOnly) {
            bounds.ended(lease);
            waiters.wake(lease.id());
            return outcome;
        }
        letGo(lease);
        if (outcome instanceof CompletionOutcome.Fenced) {
            log.warn("{}: a late answer was refused, another owner had taken over", lease.id());
            listener.fenced(lease);
        }
        return outcome;
    }

    private CompletionOutcome store(Lease lease, Answer answer) {
        ConsistencyStrategy strategy = strategyOf(lease);
        try {
            return strategy.complete(lease, answer);
        } catch (StoreUnavailableException e) {
            log.warn("{}: no store can take its answer, which stays in memory: {}", lease.id(), e.getMessage());
            return unstored.keep(lease, answer, strategy);
        }
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
        NearCache.Asked asked = near.asking();
        boolean committed;
        try {
            committed = commit.getAsBoolean();
        } catch (RuntimeException e) {
            abandon(lease);
            throw e;
        }
        try {
            if (committed) {
                strategyOf(lease).committed(lease, answer);
                near.remember(lease.request(), answer, asked);
                return new CompletionOutcome.Stored();
            }
            log.warn("{}: a late transaction was rolled back, another owner had taken over", lease.id());
            listener.fenced(lease);
            return new CompletionOutcome.Fenced(strategyOf(lease).refused(lease));
        } finally {
            letGo(lease);
        }
    }

    /** Frees the key, because the request took no effect. Never throws for a store's failure. */
    public void abandon(Lease lease) {
        try {
            strategyOf(lease).abandon(lease);
        } finally {
            letGo(lease);
        }
    }

    private ConsistencyStrategy strategyOf(Lease lease) {
        return stores.of(lease.request().consistency());
    }

    private void letGo(Lease lease) {
        leases.release(lease);
        bounds.ended(lease);
        if (lease.store().equals(MemoryStore.NAME)) {
            // A store that is available again may have its answer; the copy in memory would hide it.
            stores.memory().abandon(lease);
        }
        waiters.wake(lease.id());
    }

    /** How many requests execute now under a lease of this node. */
    public int inFlight() {
        return leases.size();
    }

    /** About how many answers this process keeps for repeats. */
    public long keptNear() {
        return near.size();
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
        unstored.runOnce();
        stores.close();
        if (unstored.size() > 0) {
            log.warn("{} answers could not be stored; their requests took effect", unstored.size());
        }
        if (leases.size() > 0) {
            log.warn("{} requests were still executing; repeats take over after their lock timeout", leases.size());
        }
    }
}
