package dev.idem.dropwizard.atomic.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time in which a connection may be used, and all that was made from it. A pool closes the connection that it gave out, not its
 * statements: they would work on, in the transaction of the next who borrows it. Thread-safe.
 */
public final class TransactionUse {
    private static final Logger log = LoggerFactory.getLogger(TransactionUse.class);

    /** One call at a time, as in the driver: so none is under way when the use has ended. */
    private final ReentrantLock calls = new ReentrantLock();

    private final Set<Statement> statements = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile boolean ended;
    private volatile @Nullable Connection connection;

    void begin(Connection guarded) {
        connection = guarded;
    }

    /** The one that {@link GuardedConnection#of} has made for this use; null before. */
    public @Nullable Connection connection() {
        return connection;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Makes the first call, or the second one once the use has ended; throws what it throws. */
    @Nullable
    Object call(Callable<@Nullable Object> call, Callable<@Nullable Object> afterEnd) throws Exception {
        calls.lock();
        try {
            return ended ? afterEnd.call() : call.call();
        } finally {
            calls.unlock();
        }
    }

    /** Call it within {@link #call}. The statement is closed at the end. */
    void closeAtEnd(Statement statement) {
        statements.add(statement);
    }

    /** Call it within {@link #call}. */
    void closed(Statement statement) {
        statements.remove(statement);
    }

    /** Waits for a call that is under way, as a rollback would. Does nothing after the first time. */
    public void end() {
        if (ended) {
            return;
        }
        calls.lock();
        try {
            ended = true;
            statements.forEach(TransactionUse::close);
            statements.clear();
        } finally {
            calls.unlock();
        }
    }

    /** The same for a connection that was cut: it waits for nothing. */
    public void cut() {
        ended = true;
    }

    private static void close(Statement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            log.debug("a statement could not be closed at the end of its transaction: {}", e.getMessage());
        }
    }
}
