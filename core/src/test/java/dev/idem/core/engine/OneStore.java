package dev.idem.core.engine;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.redis.RedisAnswers;
import java.util.List;
import java.util.Optional;

/** A store that decides, memory when it is gone, and no Redis. */
record OneStore(
        ConsistencyStrategy decider,
        StoreCircuitBreaker guard,
        StrictReplayReader answers,
        MemoryStore memory,
        NearCache near,
        Journal journal)
        implements EngineBackend {

    static OneStore on(IdempotencyStore store, MemoryStore memory, EngineListener listener) {
        StoreCircuitBreaker guard = new StoreCircuitBreaker(store.name(), store::ping, listener);
        StoreCircuitBreaker none = new StoreCircuitBreaker("none", () -> {}, EngineListener.NONE);
        StrictReplayReader answers = new StrictReplayReader(
                new RedisAnswers(
                        () -> {
                            throw new StoreUnavailableException("none", "there is no Redis");
                        },
                        ""),
                none);
        Journal journal = new Journal(entries -> {}, JournalLimits.DEFAULT, listener);
        ConsistencyStrategy decider = new StrictStrategy(
                new CircuitBreakingStore(store, guard),
                new CommitConflictLookup(id -> Optional.empty(), guard),
                answers,
                new MemoryFallback(memory));
        return new OneStore(decider, guard, answers, memory, new NearCache(0), journal);
    }

    @Override
    public ConsistencyStrategy of(Consistency consistency) {
        return decider;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                new EngineStatus.StoreStatus("none", true),
                guard.status(),
                false,
                new EngineStatus.JournalStatus(journal.lag(), journal.depth()));
    }

    @Override
    public void start() {
        journal.start();
    }

    @Override
    public void awaitFirstRound() {
        // There is nobody else who might decide.
    }

    @Override
    public List<Runnable> rounds() {
        return List.of(guard::probe);
    }

    @Override
    public void close() {
        answers.close();
    }
}
