package dev.idem.core.engine;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.core.store.redis.RedisAnswers;
import java.util.List;
import java.util.Optional;

/** A store that decides, memory when it is gone, and no Redis. */
record OneStore(Decider decider, Guard guard, QuickAnswers answers, MemoryStore memory, NearCache near, Journal journal)
        implements Backing {

    static OneStore on(IdempotencyStore store, MemoryStore memory, EngineListener listener) {
        Guard guard = new Guard(store.name(), store::ping, listener);
        Guard none = new Guard("none", () -> {}, EngineListener.NONE);
        QuickAnswers answers = new QuickAnswers(
                new RedisAnswers(
                        () -> {
                            throw new StoreUnavailableException("none", "there is no Redis");
                        },
                        ""),
                none);
        Journal journal = new Journal(entries -> {}, JournalLimits.DEFAULT, listener);
        Decider decider = new StrictDecider(
                new GuardedStore(store, guard),
                new Refusals(id -> Optional.empty(), guard),
                answers,
                new LastResort(memory));
        return new OneStore(decider, guard, answers, memory, new NearCache(0), journal);
    }

    @Override
    public Decider of(Consistency consistency) {
        return decider;
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
