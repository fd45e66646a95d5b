package dev.idem.core.engine;

import dev.idem.core.engine.breaker.CircuitBreakingStore;
import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.engine.strategy.MemoryFallback;
import dev.idem.core.engine.strategy.SharedAnswers;
import dev.idem.core.engine.strategy.StrictReplayReader;
import dev.idem.core.engine.strategy.StrictStrategy;
import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.util.List;
import java.util.Optional;

/** One store that decides, the memory store as its fallback, and no fast store. */
record OneStore(
        ConsistencyStrategy strategy,
        StoreCircuitBreaker breaker,
        StrictReplayReader answers,
        MemoryStore memory,
        NearCache near,
        Journal journal)
        implements EngineBackend {

    /** There is no fast store. */
    private static final class NoAnswers implements AnswerCache {
        @Override
        public Optional<Claim> find(ClaimRequest request) {
            throw new StoreUnavailableException("none", "there is no fast store");
        }

        @Override
        public void remember(Lease lease, Answer answer) {
            throw new StoreUnavailableException("none", "there is no fast store");
        }

        @Override
        public void remember(StoredRecord completed) {
            throw new StoreUnavailableException("none", "there is no fast store");
        }
    }

    static OneStore on(IdempotencyStore store, MemoryStore memory, EngineListener listener) {
        StoreCircuitBreaker breaker = new StoreCircuitBreaker(store.name(), thoroughly -> store.ping(), listener);
        StoreCircuitBreaker none = new StoreCircuitBreaker("none", thoroughly -> {}, EngineListener.NONE);
        StrictReplayReader answers = new StrictReplayReader(new NoAnswers(), () -> true, none, 1 << 20);
        Journal journal = new Journal(entries -> {}, JournalLimits.DEFAULT, listener);
        ConsistencyStrategy strategy = new StrictStrategy(
                new CircuitBreakingStore(store, breaker),
                new RecordLookup(store.name(), id -> Optional.empty(), breaker),
                answers,
                new MemoryFallback(memory, SharedAnswers.NONE));
        return new OneStore(strategy, breaker, answers, memory, new NearCache(0, () -> 0), journal);
    }

    @Override
    public ConsistencyStrategy of(Consistency consistency) {
        return strategy;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                new EngineStatus.StoreStatus("none", true, Optional.empty()),
                breaker.status(),
                false,
                new EngineStatus.JournalStatus(journal.lag(), journal.depth()));
    }

    @Override
    public void start() {
        journal.start();
    }

    @Override
    public void awaitFirstRound() {
        // No other store could be authoritative.
    }

    @Override
    public List<Runnable> rounds() {
        return List.of(breaker::runOnce);
    }

    @Override
    public void close() {
        answers.close();
    }
}
