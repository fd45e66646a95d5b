package dev.idem.dropwizard.pool;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.PostgresStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Opens connections within a bound. A pool checks a connection, opens another one and logs in, each with a timeout of its own, and
 * nothing interrupts them. So a thread does that for the caller, who may leave; a connection that comes too late goes back.
 */
final class TimedOpening {
    private static final long IDLE_THREAD_SECONDS = 10;

    private final ConnectionFactory pool;
    private final Duration bound;
    private final int most;
    private final Semaphore places;
    private final Executor openers;

    /** Whether the server must have answered something before a connection is handed over. */
    enum FirstAnswer {
        AWAITED,
        NOT_AWAITED
    }

    TimedOpening(ConnectionFactory pool, int most, Duration bound) {
        this.pool = pool;
        this.bound = bound;
        this.most = most;
        this.places = new Semaphore(most);
        this.openers = new ThreadPoolExecutor(
                0,
                most, // each has a place, so there is always a thread
                IDLE_THREAD_SECONDS,
                SECONDS,
                new SynchronousQueue<>(),
                task -> DaemonThreads.of("idempotency-connections", task));
    }

    /**
     * Returns a connection, for {@link #close}.
     *
     * @throws StoreUnavailableException if the server does not answer within the bound, or all places are taken for that long
     */
    Connection open(FirstAnswer answer) throws SQLException {
        long begin = System.nanoTime();
        takePlace();
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        openers.execute(() -> openFor(opened, answer));
        try {
            return opened.get(Math.max(1, bound.toNanos() - (System.nanoTime() - begin)), NANOSECONDS);
        } catch (TimeoutException e) {
            StoreUnavailableException silent = silent();
            if (opened.completeExceptionally(silent)) {
                throw silent;
            }
            return justInTime(opened);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            SQLException interrupted = new SQLException("interrupted", e);
            if (opened.completeExceptionally(interrupted)) {
                throw interrupted;
            }
            return justInTime(opened);
        }
    }

    private void takePlace() {
        try {
            if (places.tryAcquire(bound.toNanos(), NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new StoreUnavailableException(
                PostgresStore.NAME,
                UnavailableReason.BUSY,
                "all " + most + " connections for the service's own statements are in use; raise database.poolSize",
                "",
                null);
    }

    private StoreUnavailableException silent() {
        return new StoreUnavailableException(
                PostgresStore.NAME,
                UnavailableReason.TIMEOUT,
                "it did not answer within " + bound.toMillis() + " ms",
                "Check PostgreSQL's load and the network.",
                null);
    }

    private void openFor(CompletableFuture<Connection> caller, FirstAnswer answer) {
        boolean handedOver = false;
        try {
            Connection connection = pool.openConnection();
            if (answer == FirstAnswer.AWAITED && !connection.isValid((int) Math.max(1, bound.toSeconds()))) {
                pool.closeConnection(connection);
                boolean unused = caller.completeExceptionally(silent());
                return;
            }
            handedOver = caller.complete(connection);
            if (!handedOver) {
                pool.closeConnection(connection);
            }
        } catch (SQLException | RuntimeException e) {
            boolean unused = caller.completeExceptionally(e);
        } finally {
            if (!handedOver) {
                places.release();
            }
        }
    }

    private static Connection justInTime(CompletableFuture<Connection> opened) throws SQLException {
        try {
            return opened.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("what has completed does not wait", e);
        }
    }

    private static SQLException failure(ExecutionException failed) {
        if (failed.getCause() instanceof SQLException known) {
            return known;
        }
        if (failed.getCause() instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        return new SQLException(failed.getCause());
    }

    void close(Connection connection) throws SQLException {
        try {
            pool.closeConnection(connection);
        } finally {
            places.release();
        }
    }
}
