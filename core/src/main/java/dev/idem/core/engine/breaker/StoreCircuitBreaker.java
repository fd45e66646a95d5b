package dev.idem.core.engine.breaker;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.engine.observe.EngineListener.Result;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.NotAuthoritativeException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for all calls to one server. It opens after a few failures; a skipped call then costs microseconds
 * instead of a timeout. Only {@link #probe()} closes it again, so that no user's claim serves as the test. Thread-safe.
 */
public final class StoreCircuitBreaker {
    private static final Logger log = LoggerFactory.getLogger(StoreCircuitBreaker.class);

    private final String store;
    private final Runnable ping;
    private final EngineListener listener;
    private final CircuitBreaker breaker;

    /** @param ping pings the server, and throws {@link StoreUnavailableException} if it does not answer */
    public StoreCircuitBreaker(String store, Runnable ping, EngineListener listener) {
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
    public <T> T ask(Operation operation, Supplier<T> question) {
        long begin = System.nanoTime();
        if (!breaker.tryAcquirePermission()) {
            ended(operation, Result.SKIPPED, begin);
            throw new StoreUnavailableException(store, "circuit breaker open");
        }
        try {
            T reply = question.get();
            breaker.onSuccess(System.nanoTime() - begin, NANOSECONDS);
            ended(operation, Result.OK, begin);
            return reply;
        } catch (RuntimeException e) {
            breaker.onError(System.nanoTime() - begin, NANOSECONDS, e);
            ended(
                    operation,
                    e instanceof NotAuthoritativeException ? Result.NOT_AUTHORITATIVE : Result.UNAVAILABLE,
                    begin);
            throw e;
        }
    }

    private void ended(Operation operation, Result result, long begin) {
        listener.storeAsked(store, operation, result, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Pings the server if the breaker is open, and closes the breaker if the server answers. */
    public void probe() {
        if (isOpen()) {
            try {
                ping.run();
                breaker.transitionToClosedState();
            } catch (StoreUnavailableException stillAway) {
                log.debug("{} is still unavailable: {}", store, stillAway.getMessage());
            }
        }
    }

    public boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    public EngineStatus.StoreStatus status() {
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
