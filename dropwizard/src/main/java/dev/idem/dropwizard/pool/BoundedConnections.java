package dev.idem.dropwizard.pool;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections for an application's own statements, such as a login, for which a client waits. While PostgreSQL is silent, the
 * first caller waits for the bound, and the others fail at once. They fail at once, too, while the engine's last probe found it
 * silent. Once a second one of them tries, so what it finds lets all others in. Thread-safe.
 *
 * <p>These statements share their pool with the engine. They hold only part of it, and what they find does not open the engine's
 * circuit breaker: many slow lists must not look like a broken store.
 */
public final class BoundedConnections {
    /** From the call to the answer of a quick statement, or to the first answer to a patient one. */
    public static final Duration USUAL_BOUND = Duration.ofMillis(2_500);

    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

    private final Supplier<Optional<StoreUnavailableException>> known;
    private final TimedOpening opening;
    private final QuickConnections quick;

    /** To ask before each transaction would cost each a round trip. */
    private volatile long answeredUntil = System.nanoTime();

    private final CircuitBreaker silence = CircuitBreaker.of(
            "own statements",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(1)
                    .minimumNumberOfCalls(1)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(BETWEEN_TRIALS)
                    .recordException(PostgresFailures::isSilence)
                    .build());

    /**
     * @param pool also used by others, which keep the rest of it
     * @param most how many connections these statements may hold, at least 1
     * @param bound how long a caller waits in all
     * @param known why the engine's last probe of PostgreSQL failed; empty if it succeeded
     */
    public BoundedConnections(
            ConnectionFactory pool, int most, Duration bound, Supplier<Optional<StoreUnavailableException>> known) {
        this.known = known;
        this.opening = new TimedOpening(pool, most, bound);
        this.quick = new QuickConnections(opening, () -> open(TimedOpening.FirstAnswer.NOT_AWAITED), bound);
    }

    /** Whose statements end within the bound, too. */
    public ConnectionFactory quick() {
        return quick;
    }

    /**
     * For transactions of requests, which may use the whole pool.
     *
     * @param known as for the constructor
     */
    public static ConnectionFactory ofTransactions(
            DataSource pool, Duration bound, Supplier<Optional<StoreUnavailableException>> known) {
        return new BoundedConnections(pool::getConnection, QuickConnections.sizeOf(pool), bound, known).patient();
    }

    /** Whose statements may take as long as the pool lets them, for lists and counts: PostgreSQL has answered within the bound, or a second ago. */
    public ConnectionFactory patient() {
        return new ConnectionFactory() {
            @Override
            public Connection openConnection() throws SQLException {
                if (System.nanoTime() - answeredUntil < 0) {
                    return open(TimedOpening.FirstAnswer.NOT_AWAITED);
                }
                Connection answered = open(TimedOpening.FirstAnswer.AWAITED);
                answeredUntil = System.nanoTime() + BETWEEN_TRIALS.toNanos();
                return answered;
            }

            @Override
            public void closeConnection(Connection connection) throws SQLException {
                opening.close(connection);
            }
        };
    }

    private Connection open(TimedOpening.FirstAnswer answer) throws SQLException {
        known.get().filter(PostgresFailures::isSilence).ifPresent(BoundedConnections::failAtOnce);
        if (!silence.tryAcquirePermission()) {
            throw new StoreUnavailableException(
                    PostgresStore.NAME,
                    UnavailableReason.TIMEOUT,
                    "it did not answer a moment ago",
                    "Check PostgreSQL's load and the network.",
                    null);
        }
        long begin = System.nanoTime();
        try {
            Connection connection = opening.open(answer);
            silence.onSuccess(System.nanoTime() - begin, NANOSECONDS);
            return connection;
        } catch (SQLException | RuntimeException e) {
            if (PostgresFailures.isSilence(e)) {
                silence.onError(System.nanoTime() - begin, NANOSECONDS, e);
            } else {
                silence.releasePermission();
            }
            throw e;
        }
    }

    private static void failAtOnce(StoreUnavailableException known) {
        throw new StoreUnavailableException(known.store(), known.reason(), known.why(), known.advice(), known);
    }
}
