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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections within a bound. A pool checks a connection, opens another one and logs in, each with a timeout of its own, and
 * nothing interrupts them. So a thread does that for the caller, who may leave; a connection that comes too late goes back.
 */
final class TimedOpening {
    private static final long IDLE_THREAD_SECONDS = 10;

    private final ConnectionFactory pool;
    private final Duration bound;
    private final Semaphore places;
    private final Executor openers;
    private final Set<Opened> opening = ConcurrentHashMap.newKeySet();

    /** Whether the server must have answered something before a connection is handed over. */
    enum FirstAnswer {
        AWAITED,
        NOT_AWAITED
    }

    /** A connection to come, and the thread that opens it. */
    private static final class Opened extends CompletableFuture<Connection> {
        private volatile @Nullable Thread opener;
        private volatile long began;

        void begins() {
            began = System.nanoTime();
            opener = Thread.currentThread();
        }

        /**
         * A thread that waits in this process, for a place in the pool or for another thread, has not asked the server. One that
         * waits for the network counts as running.
         */
        boolean isAskingServer() {
            Thread thread = opener;
            return thread != null && thread.getState() == Thread.State.RUNNABLE;
        }

        boolean isAskingServerFor(Duration time) {
            return isAskingServer() && System.nanoTime() - began >= time.toNanos();
        }
    }

    TimedOpening(ConnectionFactory pool, int most, Duration bound) {
        this.pool = pool;
        this.bound = bound;
        this.places = new Semaphore(most);
        this.openers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // each needs a place; a thread that has given its place back may not be idle yet
                IDLE_THREAD_SECONDS,
                SECONDS,
                new SynchronousQueue<>(),
                task -> DaemonThreads.of("idempotency-connections", task));
    }

    /**
     * Returns a connection, for {@link #close}.
     *
     * @throws StoreUnavailableException if the server does not answer within the bound, or no connection is free for that long
     */
    Connection open(FirstAnswer answer) throws SQLException {
        long begin = System.nanoTime();
        takePlace();
        Opened opened = new Opened();
        openers.execute(() -> openFor(opened, answer));
        try {
            return opened.get(Math.max(1, bound.toNanos() - (System.nanoTime() - begin)), NANOSECONDS);
        } catch (TimeoutException e) {
            StoreUnavailableException why = opened.isAskingServer() ? silent() : busy();
            if (opened.completeExceptionally(why)) {
                throw why;
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
        throw opening.stream().anyMatch(each -> each.isAskingServerFor(bound)) ? silent() : busy();
    }

    private StoreUnavailableException busy() {
        return new StoreUnavailableException(
                PostgresStore.NAME,
                UnavailableReason.BUSY,
                "no connection was free within " + bound.toMillis() + " ms",
                "Make this process's pool of connections larger, or look for what holds its connections for long.",
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

    private void openFor(Opened caller, FirstAnswer answer) {
        boolean handedOver = false;
        caller.begins();
        opening.add(caller);
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
            opening.remove(caller);
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
