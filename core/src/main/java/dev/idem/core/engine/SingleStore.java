package dev.idem.core.engine;

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
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCache;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One store that decides whatever the consistency, and the memory store for when it is unavailable. No background work. */
final class SingleStore implements EngineBackend {
    private static final String NO_FAST_STORE = "none";

    /** So much less than nothing that no answer is queued for a fast store. */
    private static final long NOTHING = -1;

    private final String name;
    private final MemoryStore memory;
    private final NearCache near = new NearCache(0, () -> 0);
    private final StrictReplayReader replays;
    private final ConsistencyStrategy strategy;

    SingleStore(IdempotencyStore store, Function<RecordId, Optional<StoredRecord>> records, MemoryStore memory) {
        this.name = store.name();
        this.memory = memory;
        StoreCircuitBreaker unused = new StoreCircuitBreaker(NO_FAST_STORE, thoroughly -> {}, EngineListener.NONE);
        this.replays = new StrictReplayReader(new NoAnswers(), () -> true, unused, NOTHING);
        this.strategy = new StrictStrategy(
                store, new RecordLookup(name, records), replays, new MemoryFallback(memory, SharedAnswers.NONE));
    }

    /** Of a fast store that is not there. */
    private static final class NoAnswers implements AnswerCache {
        @Override
        public Optional<Claim> find(ClaimRequest request) {
            return Optional.empty();
        }

        @Override
        public void remember(Lease lease, Answer answer) {}

        @Override
        public void remember(StoredRecord completed) {}
    }

    @Override
    public ConsistencyStrategy of(Consistency consistency) {
        return strategy;
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
                new EngineStatus.StoreStatus(NO_FAST_STORE, true, Optional.empty()),
                new EngineStatus.StoreStatus(name, false, Optional.empty()),
                false,
                new EngineStatus.JournalStatus(Duration.ZERO, 0));
    }

    @Override
    public void start() {}

    @Override
    public void awaitFirstRound() {
        // No other store could be authoritative.
    }

    @Override
    public List<Runnable> rounds() {
        return List.of();
    }

    @Override
    public void close() {
        replays.close();
    }
}
