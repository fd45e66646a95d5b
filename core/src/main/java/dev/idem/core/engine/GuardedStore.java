package dev.idem.core.engine;

import dev.idem.core.engine.EngineListener.Operation;
import dev.idem.core.engine.EngineListener.Result;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store behind a breaker: once it has failed a few times it is not asked any more, which costs a request microseconds
 * and not a time-out. Only {@link #probe()} closes the breaker again, so that no user's claim serves as the test.
 */
final class GuardedStore implements IdempotencyStore {
    private static final Logger log = LoggerFactory.getLogger(GuardedStore.class);

    private final IdempotencyStore store;
    private final EngineListener listener;
    private final CircuitBreaker breaker;

    GuardedStore(IdempotencyStore store, EngineListener listener) {
        this.store = store;
        this.listener = listener;
        this.breaker = CircuitBreaker.of(
                store.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(3)
                        .failureRateThreshold(50)
                        .recordException(StoreUnavailableException.class::isInstance)
                        .waitDurationInOpenState(Duration.ofDays(365))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed());
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Claim claim(ClaimRequest request) {
        return ask(Operation.CLAIM, () -> store.claim(request));
    }

    @Override
    public boolean renew(Lease lease) {
        return ask(Operation.RENEW, () -> store.renew(lease));
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return ask(Operation.COMPLETE, () -> store.complete(lease, answer));
    }

    @Override
    public boolean abandon(Lease lease) {
        return ask(Operation.ABANDON, () -> store.abandon(lease));
    }

    @Override
    public void ping() {
        ask(Operation.PING, () -> {
            store.ping();
            return true;
        });
    }

    /** Asks a store whose breaker is open for a sign of life, past the breaker, and closes the breaker if it gives one. */
    void probe() {
        if (isOpen()) {
            try {
                store.ping();
                breaker.transitionToClosedState();
            } catch (StoreUnavailableException stillAway) {
                log.debug("{} is still away: {}", name(), stillAway.getMessage());
            }
        }
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    private <T> T ask(Operation operation, Supplier<T> question) {
        long begin = System.nanoTime();
        Result result = Result.UNAVAILABLE;
        try {
            T answer = breaker.executeSupplier(question);
            result = Result.OK;
            return answer;
        } catch (CallNotPermittedException open) {
            result = Result.SKIPPED;
            throw new StoreUnavailableException(name(), "left alone since it failed");
        } finally {
            listener.storeAsked(name(), operation, result, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private void changed() {
        boolean open = isOpen();
        if (open) {
            log.warn("{} does not answer: doing without it until it does", name());
        } else {
            log.info("{} answers again", name());
        }
        listener.breakerChanged(name(), open);
    }
}
