package dev.idem.core.engine;

import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.core.engine.breaker.CircuitBreakingStore;
import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.engine.near.DeletionWatch;
import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.observe.EngineStatus.JournalStatus;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.engine.strategy.FastStoreAnswers;
import dev.idem.core.engine.strategy.FastStrategy;
import dev.idem.core.engine.strategy.MemoryFallback;
import dev.idem.core.engine.strategy.SharedAnswers;
import dev.idem.core.engine.strategy.StrictReplayReader;
import dev.idem.core.engine.strategy.StrictStrategy;
import dev.idem.core.failover.AuthorityState;
import dev.idem.core.failover.Failback;
import dev.idem.core.failover.FailoverCoordinator;
import dev.idem.core.failover.Ownership;
import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.journal.recovery.JournalHeartbeat;
import dev.idem.core.journal.recovery.JournalRecovery;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.core.store.recovery.JournalGaps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Assembles both consistencies over the same stores, with their background work. Thread-safe. */
final class StoreCoordinator implements EngineBackend {
    /** A refill of many records takes longer, and continues in the background. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** Rounds come every half second. A node that is silent this long counts as dead. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /** The durable store takes over from nobody in a time without a probe that has succeeded. */
    private static final int EACH_ROUND = 1;

    private final CountDownLatch firstRound = new CountDownLatch(1);
    private final StoreCircuitBreaker fastBreaker;
    private final StoreCircuitBreaker durableBreaker;
    private final MemoryStore memory;
    private final NearCache near;
    private final List<DeletionWatch> deletions;
    private final Journal journal;
    private final StrictReplayReader answers;
    private final AuthorityState authority;
    private final Ownership ownership;
    private final FailoverCoordinator failover;
    private final JournalHeartbeat heartbeat;
    private final JournalRecovery recovery;
    private final ConsistencyStrategy fast;
    private final ConsistencyStrategy strict;

    StoreCoordinator(String node, EngineStores stores, EngineListener listener) {
        FastStore fastStore = stores.fast();
        DurableStore durableStore = stores.durable();
        memory = stores.memory();
        TrustRow trustRow = durableStore.trustRow(node);
        authority = new AuthorityState(trustRow, listener);
        IdempotencyStore fastSteps = fastStore.steps(authority);
        IdempotencyStore durableSteps = durableStore.steps();
        fastBreaker = new StoreCircuitBreaker(fastStore.name(), fastStore::probe, listener);
        durableBreaker =
                new StoreCircuitBreaker(durableStore.name(), thoroughly -> durableStore.probe(), listener, EACH_ROUND);

        MemoryBudget budget = stores.budget();
        JournalWriter writer = durableStore.journalWriter();
        journal = new Journal(writer, JournalLimits.within(budget.limit(MemoryPart.JOURNAL)), listener);
        JournalGaps gaps = fastStore.journalGaps();
        heartbeat = new JournalHeartbeat(SILENCE, journal, gaps, listener);
        recovery = new JournalRecovery(
                JournalRecovery.LEASE,
                journal,
                gaps,
                fastStore.recoveryTurn(),
                fastStore.changedRecords(),
                durableStore.answers(),
                writer,
                listener);
        CircuitBreakingStore fastWithBreaker = new CircuitBreakingStore(fastSteps, fastBreaker);
        ownership = new Ownership(fastStore, durableStore, listener);
        Failback failback = new Failback(trustRow, fastStore, durableStore, ownership, listener);
        failover = new FailoverCoordinator(
                authority, trustRow, fastStore.markers(), ownership, fastBreaker::requireWrites, failback);

        near = new NearCache(budget.limit(MemoryPart.NEAR_CACHE), () -> budget.limit(MemoryPart.NEAR_CACHE));
        deletions = List.of(
                new DeletionWatch(() -> fastBreaker.ask(Operation.FIND, fastStore::deletions), near::clear),
                new DeletionWatch(() -> durableBreaker.ask(Operation.FIND, durableStore::deletions), near::clear));
        answers = new StrictReplayReader(
                fastStore.answers(), () -> authority.get().isPresent(), fastBreaker, budget.limit(MemoryPart.COPIES));
        budget.watch(MemoryPart.JOURNAL, journal::bytes);
        budget.watch(MemoryPart.MEMORY_STORE, memory::bytes);
        budget.watch(MemoryPart.COPIES, answers::bytes);
        budget.watch(MemoryPart.NEAR_CACHE, near::bytes);
        RecordLookup fastRecords = new RecordLookup(fastStore.name(), fastStore.records()::find, fastBreaker);
        RecordLookup durableRecords =
                new RecordLookup(durableStore.name(), durableStore.records()::find, durableBreaker);
        fast = new FastStrategy(
                authority,
                fastWithBreaker,
                new CircuitBreakingStore(durableStore.stepsWhileAuthoritative(), durableBreaker),
                fastRecords,
                durableRecords,
                journal,
                new MemoryFallback(memory, new FastStoreAnswers(fastRecords, answers)));
        strict = new StrictStrategy(
                new CircuitBreakingStore(durableSteps, durableBreaker),
                durableRecords,
                answers,
                new MemoryFallback(memory, SharedAnswers.NONE));
    }

    @Override
    public ConsistencyStrategy of(Consistency consistency) {
        return consistency == Consistency.FAST ? fast : strict;
    }

    @Override
    public MemoryStore memory() {
        return memory;
    }

    @Override
    public NearCache near() {
        return near;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                fastStatus(),
                durableBreaker.status(),
                authority.get().isPresent(),
                new JournalStatus(journal.lag(), journal.depth()));
    }

    /** Nobody probes another installation's store, so what the last probe said is old. */
    private EngineStatus.StoreStatus fastStatus() {
        EngineStatus.StoreStatus probed = fastBreaker.status();
        return ownership.failure().isEmpty()
                ? probed
                : new EngineStatus.StoreStatus(probed.name(), probed.circuitBreakerOpen(), ownership.failure());
    }

    @Override
    public void start() {
        journal.start();
    }

    @Override
    public void awaitFirstRound() {
        try {
            boolean unused = firstRound.await(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Runnable> rounds() {
        Stream<Runnable> usual = Stream.of(
                afterFirstLook(this::lookWhoDecides),
                ownership::runOnce,
                whileOurs(failover::verify),
                whileOurs(fastBreaker::runOnce),
                durableBreaker::runOnce,
                whileOurs(heartbeat::runOnce),
                whileOurs(recovery::runOnce));
        Stream<Runnable> watching =
                Stream.concat(Stream.of(near::resize), deletions.stream().map(watch -> afterFirstLook(watch::runOnce)));
        return Stream.concat(usual, near.isEnabled() ? watching : Stream.empty())
                .toList();
    }

    private Runnable whileOurs(Runnable round) {
        return afterFirstLook(() -> {
            if (!ownership.isForeign()) {
                round.run();
            }
        });
    }

    private Runnable afterFirstLook(Runnable round) {
        return () -> {
            ownership.awaitFirstLook();
            round.run();
        };
    }

    private void lookWhoDecides() {
        failover.runOnce();
        firstRound.countDown();
    }

    @Override
    public void close() {
        answers.close();
        journal.close();
        heartbeat.end();
    }
}
