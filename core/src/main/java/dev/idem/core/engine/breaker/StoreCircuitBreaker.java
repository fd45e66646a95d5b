package dev.idem.core.engine.breaker;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.engine.observe.EngineListener.Result;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.NotAuthoritativeException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A circuit breaker for all calls to one store. It opens after a few failures; a skipped call then costs microseconds
 * instead of a timeout. Only a probe closes it again, so that no user's claim serves as the test. Probes are made while it is
 * closed, too: a store that nobody uses is known to fail before somebody does. Thread-safe, except for {@link #runOnce()}.
 */
public final class StoreCircuitBreaker {
    /** While all is well. A failed probe is repeated in the next round. */
    private static final int USUAL_ROUNDS_PER_PROBE = 4;

    private final String store;
    private final Probe probe;
    private final EngineListener listener;
    private final CircuitBreaker breaker;
    private final OutageLog outages;
    private final int roundsPerProbe;
    private volatile Optional<StoreUnavailableException> probeFailure = Optional.empty();
    private volatile Optional<StoreUnavailableException> lastFailure = Optional.empty();
    private int rounds;

    /** Writes to a store and reads back. */
    public interface Probe {
        /**
         * Probes once.
         *
         * @param thoroughly whether to try every operation that requests may need
         * @throws StoreUnavailableException if that fails
         */
        void run(boolean thoroughly);
    }

    public StoreCircuitBreaker(String store, Probe probe, EngineListener listener) {
        this(store, probe, listener, USUAL_ROUNDS_PER_PROBE);
    }

    /** @param roundsPerProbe 1 to probe in each round of {@link #runOnce} */
    public StoreCircuitBreaker(String store, Probe probe, EngineListener listener, int roundsPerProbe) {
        this.store = store;
        this.roundsPerProbe = roundsPerProbe;
        this.probe = probe;
        this.listener = listener;
        this.outages = new OutageLog(store);
        this.breaker = CircuitBreaker.of(
                store,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(3)
                        .failureRateThreshold(50)
                        .recordException(StoreCircuitBreaker::saysThatTheServerFails)
                        .ignoreException(StoreCircuitBreaker::isBusy)
                        .waitDurationInOpenState(Duration.ofDays(365))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed());
    }

    private static boolean saysThatTheServerFails(Throwable failure) {
        return failure instanceof StoreUnavailableException unavailable
                && unavailable.reason() != UnavailableReason.CONFLICT;
    }

    /** Neither a failure nor a success: the server was not asked. */
    private static boolean isBusy(Throwable failure) {
        return failure instanceof StoreUnavailableException unavailable && unavailable.isBusy();
    }

    private static Result resultOf(RuntimeException failure) {
        if (failure instanceof NotAuthoritativeException) {
            return Result.NOT_AUTHORITATIVE;
        }
        return isBusy(failure) ? Result.BUSY : Result.UNAVAILABLE;
    }

    /** @throws StoreUnavailableException if the breaker is open, or {@code question} throws it */
    public <T> T ask(Operation operation, Supplier<T> question) {
        long begin = System.nanoTime();
        if (!breaker.tryAcquirePermission()) {
            ended(operation, Result.SKIPPED, begin);
            throw new StoreUnavailableException(store, "circuit breaker open");
        }
        return observed(operation, begin, () -> judged(begin, question));
    }

    private <T> T judged(long begin, Supplier<T> question) {
        try {
            T reply = question.get();
            breaker.onSuccess(System.nanoTime() - begin, NANOSECONDS);
            return reply;
        } catch (RuntimeException e) {
            if (e instanceof StoreUnavailableException failure && !failure.isBusy()) {
                lastFailure = Optional.of(failure);
            }
            breaker.onError(System.nanoTime() - begin, NANOSECONDS, e);
            throw e;
        }
    }

    /**
     * Asks also while the breaker is open, and the result neither opens nor closes it: for heartbeats, which must not be skipped
     * because requests were too many.
     *
     * @throws StoreUnavailableException if {@code question} throws it
     */
    public <T> T askRegardless(Operation operation, Supplier<T> question) {
        return observed(operation, System.nanoTime(), question);
    }

    private <T> T observed(Operation operation, long begin, Supplier<T> question) {
        try {
            T reply = question.get();
            ended(operation, Result.OK, begin);
            return reply;
        } catch (RuntimeException e) {
            ended(operation, resultOf(e), begin);
            throw e;
        }
    }

    private void ended(Operation operation, Result result, long begin) {
        listener.storeAsked(store, operation, result, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Probes the store in each round while it fails, and else in some. Closes an open breaker if the store takes writes. */
    public void runOnce() {
        if (isOpen()) {
            closeIfItTakesWrites();
        } else if (probeFailure.isPresent() || rounds++ % roundsPerProbe == 0) {
            try {
                askWrites(probeFailure.isPresent());
            } catch (StoreUnavailableException e) {
                // The next round tries again, and a few failures open the breaker.
            }
        }
    }

    /** Thoroughly: what requests need and the usual probe does not try would open the breaker again. */
    private void closeIfItTakesWrites() {
        try {
            probed(true);
            breaker.transitionToClosedState();
        } catch (StoreUnavailableException e) {
            if (!e.isBusy()) {
                outages.tell(e);
            }
        }
    }

    /** @throws StoreUnavailableException if the breaker is open, or the store does not take writes */
    public void requireWrites() {
        askWrites(true);
    }

    private void askWrites(boolean thoroughly) {
        ask(Operation.PROBE, () -> {
            probed(thoroughly);
            return true;
        });
    }

    private void probed(boolean thoroughly) {
        try {
            probe.run(thoroughly);
            probeFailure = Optional.empty();
        } catch (StoreUnavailableException e) {
            if (!e.isBusy()) { // otherwise the last probe that was made still holds
                probeFailure = Optional.of(e);
            }
            throw e;
        }
    }

    public boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    public EngineStatus.StoreStatus status() {
        boolean open = isOpen();
        return new EngineStatus.StoreStatus(store, open, probeFailure.isEmpty() && open ? lastFailure : probeFailure);
    }

    private void changed() {
        boolean open = isOpen();
        if (open) {
            lastFailure.ifPresent(outages::tell);
        } else {
            outages.end();
        }
        listener.breakerChanged(store, open);
    }
}
