package dev.idem.core.engine;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.PeriodicTask;
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
    private final RepeatWaiters waiting;
    private final UnstoredAnswers unsettled;
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
        this.waiting = new RepeatWaiters(maxWaiting);
        this.unsettled = new UnstoredAnswers(stores.memory(), this::letGo);
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
        rounds.repeat("answers that no store has taken", Duration.ZERO, HEARTBEAT_CHECK, unsettled::runOnce);
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

    private Claim claim(ClaimRequest request, Scope whose, Policy policy, ClientLiveness caller) {
        Optional<Claim> kept = near.find(request);
        if (kept.isPresent()) {
            listener.answeredNear();
            return kept.get();
        }
        ConsistencyStrategy decider = stores.of(policy.consistency());
        NearCache.Asked asked = near.asking();
        long begin = System.nanoTime();
        boolean[] waited = new boolean[1];
        Claim claim = waiting.claim(request.id(), policy.maxWait(), caller, () -> {
            Claim outcome = bounds.claim(whose, waited[0] ? request.waiting() : request, policy, decider);
            waited[0] |= outcome instanceof Claim.InFlight;
            return outcome;
        });
        if (waited[0] && !policy.maxWait().isZero()) {
            listener.waited(Duration.ofNanos(System.nanoTime() - begin));
        }
        if (claim instanceof Claim.Replay replay) {
            near.remember(request, replay, asked);
        }
        if (claim instanceof Claim.Acquired acquired) {
            leases.keep(acquired.lease());
            if (acquired.lease().takenOver()) {
                listener.staleRecovered(acquired.lease());
            }
            if (unsettled.adopt(acquired.lease()).isPresent()) {
                // It executed here during this claim, and its answer could not be stored.
                bounds.ended(acquired.lease());
                return decider.claim(request, policy.onStoreFailure());
            }
        }
        return claim;
    }

    /**
     * Stores the answer. Send it to the client only after this. Never throws for a store's failure. An answer that no
     * store can take stays {@linkplain CompletionOutcome.InMemoryOnly in memory} until one does, and its lease is kept
     * alive.
     */
    public CompletionOutcome complete(Lease lease, Answer answer) {
        NearCache.Asked asked = near.asking();
        CompletionOutcome settlement = settle(lease, answer);
        if (settlement instanceof CompletionOutcome.Stored) {
            near.remember(lease.request(), answer, asked);
        }
        if (settlement instanceof CompletionOutcome.InMemoryOnly) {
            bounds.ended(lease);
            waiting.wake(lease.id());
            return settlement;
        }
        letGo(lease);
        if (settlement instanceof CompletionOutcome.Fenced) {
            log.warn("{}: a late answer was refused, another owner had taken over", lease.id());
            listener.fenced(lease);
        }
        return settlement;
    }

    private CompletionOutcome settle(Lease lease, Answer answer) {
        ConsistencyStrategy decider = deciderOf(lease);
        try {
            return decider.complete(lease, answer);
        } catch (StoreUnavailableException e) {
            log.warn("{}: no store can take its answer, which stays in memory: {}", lease.id(), e.getMessage());
            return unsettled.keep(lease, answer, decider);
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
                deciderOf(lease).committed(lease, answer);
                near.remember(lease.request(), answer, asked);
                return new CompletionOutcome.Stored();
            }
            log.warn("{}: a late transaction was rolled back, another owner had taken over", lease.id());
            listener.fenced(lease);
            return new CompletionOutcome.Fenced(deciderOf(lease).refused(lease));
        } finally {
            letGo(lease);
        }
    }

    /** Frees the key, because the request took no effect. Never throws for a store's failure. */
    public void abandon(Lease lease) {
        try {
            deciderOf(lease).abandon(lease);
        } finally {
            letGo(lease);
        }
    }

    private ConsistencyStrategy deciderOf(Lease lease) {
        return stores.of(lease.request().consistency());
    }

    private void letGo(Lease lease) {
        leases.release(lease);
        bounds.ended(lease);
        if (lease.store().equals(MemoryStore.NAME)) {
            // A store that is available again may have its answer; the copy in memory would hide it.
            stores.memory().abandon(lease);
        }
        waiting.wake(lease.id());
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
        unsettled.runOnce();
        stores.close();
        if (unsettled.size() > 0) {
            log.warn("{} answers could not be stored; their requests took effect", unsettled.size());
        }
        if (leases.size() > 0) {
            log.warn("{} requests were still executing; repeats take over after their lock timeout", leases.size());
        }
    }
}
