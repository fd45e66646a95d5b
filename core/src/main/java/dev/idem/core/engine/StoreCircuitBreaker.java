package dev.idem.core.engine;

import dev.idem.core.engine.EngineListener.Operation;
import dev.idem.core.engine.EngineListener.Result;
import dev.idem.core.store.NotAuthoritativeException;
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
 * A breaker before one server, for everything that is asked of it: once it has failed a few times it is not asked any more,
 * which costs a request microseconds and not a time-out. Only {@link #probe()} closes the breaker again, so that no user's
 * claim serves as the test. Thread-safe.
 */
final class StoreCircuitBreaker {
    private static final Logger log = LoggerFactory.getLogger(StoreCircuitBreaker.class);

    private final String store;
    private final Runnable ping;
    private final EngineListener listener;
    private final CircuitBreaker breaker;

    /** @param ping asks the server for a sign of life, and throws {@link StoreUnavailableException} if none comes */
    StoreCircuitBreaker(String store, Runnable ping, EngineListener listener) {
        this.store = store;
        this.ping = ping;
        this.listener = listener;
        this.breaker = CircuitBreaker.of(
                store,
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

    /** @throws StoreUnavailableException if the breaker is open, or {@code question} throws it */
    <T> T ask(Operation operation, Supplier<T> question) {
        long begin = System.nanoTime();
        Result result = Result.UNAVAILABLE;
        try {
            T answer = breaker.executeSupplier(question);
            result = Result.OK;
            return answer;
        } catch (NotAuthoritativeException e) {
            result = Result.NOT_IN_CHARGE;
            throw e;
        } catch (CallNotPermittedException open) {
            result = Result.SKIPPED;
            throw new StoreUnavailableException(store, "circuit breaker open");
        } finally {
            listener.storeAsked(store, operation, result, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** Asks a server whose breaker is open for a sign of life, past the breaker, and closes the breaker if it gives one. */
    void probe() {
        if (isOpen()) {
            try {
                ping.run();
                breaker.transitionToClosedState();
            } catch (StoreUnavailableException stillAway) {
                log.debug("{} is still away: {}", store, stillAway.getMessage());
            }
        }
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    EngineStatus.StoreStatus status() {
        return new EngineStatus.StoreStatus(store, isOpen());
    }

    private void changed() {
        boolean open = isOpen();
        if (open) {
            log.warn("{} does not answer: circuit breaker open until it does", store);
        } else {
            log.info("{} answers again", store);
        }
        listener.breakerChanged(store, open);
    }
}
