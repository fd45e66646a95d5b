package dev.idem.core.engine.breaker;

import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;

/** A store whose calls go through its server's {@link StoreCircuitBreaker}, except for heartbeats. */
public final class CircuitBreakingStore implements IdempotencyStore {
    private final IdempotencyStore store;
    private final StoreCircuitBreaker breaker;

    public CircuitBreakingStore(IdempotencyStore store, StoreCircuitBreaker breaker) {
        this.store = store;
        this.breaker = breaker;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Claim claim(ClaimRequest request) {
        return breaker.ask(Operation.CLAIM, () -> store.claim(request));
    }

    @Override
    public boolean renew(Lease lease) {
        return breaker.askRegardless(Operation.RENEW, () -> store.renew(lease));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return breaker.ask(Operation.COMPLETE, () -> store.complete(lease, answer));
    }

    @Override
    public boolean abandon(Lease lease) {
        return breaker.ask(Operation.ABANDON, () -> store.abandon(lease));
    }

    @Override
    public void ping() {
        breaker.ask(Operation.PING, () -> {
            store.ping();
            return true;
        });
    }
}
