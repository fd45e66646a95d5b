package dev.idem.dropwizard.atomic;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.dropwizard.atomic.jdbc.GuardedConnection;
import dev.idem.dropwizard.atomic.jdbc.SessionState;
import dev.idem.dropwizard.atomic.jdbc.TransactionUse;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction in which a request takes effect. It begins when the method first uses it, and ends before the client gets a
 * byte. Its steps follow one another; not thread-safe otherwise.
 */
public final class RequestTransaction implements AutoCloseable {
    static final String PROPERTY = RequestTransaction.class.getName();

    private static final Logger log = LoggerFactory.getLogger(RequestTransaction.class);

    /** SQL state classes: a deferred constraint, or an earlier statement that failed (PostgreSQL manual, appendix A). */
    private static final Set<String> REFUSALS = Set.of("23", "25");

    private final Jdbi jdbi;
    private final RecordCompletion completion;
    private final RouteIsolation isolation;
    private final Participants participants;
    private BeforeBegin beforeBegin = snapshot -> {};
    private volatile @Nullable Handle handle;
    private volatile TransactionUse ofMethod = new TransactionUse();
    private volatile TransactionUse ofParticipants = new TransactionUse();
    private volatile boolean committed;
    private volatile boolean outlivesCommit;
    private final AnsweringThread answering = new AnsweringThread();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile @Nullable Thread committing;

    RequestTransaction(Jdbi jdbi, RecordCompletion completion, RouteIsolation isolation, Participants participants) {
        this.jdbi = jdbi;
        this.completion = completion;
        this.isolation = isolation;
        this.participants = participants;
    }

    /** What precedes a transaction that may see one snapshot. */
    public interface BeforeBegin {
        /** @param certain whether it will */
        void run(boolean certain);
    }

    /** Call it before the transaction is first used. */
    public void beforeSnapshot(BeforeBegin step) {
        beforeBegin = step;
    }

    /** Empty for a request to a method that is not atomic. */
    public static Optional<RequestTransaction> of(ContainerRequestContext request) {
        return Optional.ofNullable((RequestTransaction) request.getProperty(PROPERTY));
    }

    /**
     * The handle to work with; begins the transaction at first use.
     *
     * @throws StoreUnavailableException if there is no connection
     */
    public Handle handle() {
        Handle open = handle;
        if (open == null) {
            open = begin();
            handle = open;
        }
        return open;
    }

    /** The same as a connection, which refuses to end the transaction. Throws as {@link #handle}. */
    public Connection connection() {
        Connection own = handle().getConnection();
        Connection guarded = ofMethod.connection();
        return guarded == null ? GuardedConnection.of(own, ofMethod) : guarded;
    }

    /** What works in the transaction under this type. Throws as {@link #handle}. */
    public Object participant(Class<?> type) {
        handle();
        return participants.value(type);
    }

    /**
     * Binds what works in the transaction to the present thread; begins the transaction if there is something. Throws as {@link #handle}.
     *
     * @return undoes it, on the same thread
     */
    public Runnable bind() {
        if (participants.areExpected()) {
            handle();
        }
        return participants.bind();
    }

    /** The same until {@link #close} on this thread, if it has begun. */
    void bindUntilEnd() {
        if (handle != null) {
            answering.bind(participants::bind);
        }
    }

    /** Writes to the database what the method has left pending. A failure is the method's. */
    public void flush() {
        if (handle != null) {
            participants.flush();
        }
    }

    /** The same before the answer is written. */
    public void flushLast() {
        if (handle != null) {
            participants.flushLast();
        }
    }

    /** From here on a commit comes before the answer is written: what works in the transaction stays open until the request has ended. */
    public void commitBeforeAnswer() {
        outlivesCommit = participants.areExpected();
    }

    /**
     * Completes the record and commits it together with the request's effect, or rolls both back. Ends the transaction either
     * way.
     *
     * @return false if it was rolled back, because another answer is stored or another owner has taken over
     * @throws StoreUnavailableException if PostgreSQL is unavailable, or does not confirm the commit
     * @throws IllegalStateException if the method has ended the transaction itself, or has set a role that may not write the record
     */
    public boolean complete(Lease lease, Answer answer) {
        try {
            Handle open = handle();
            beginEnd();
            requireUnended(open);
            boolean completed = completed(open, lease, answer);
            if (completed) {
                boolean unused = asked(() -> isolation.askIn(open));
                // What came between the commit and the connection's return would be committed on its own.
                ofMethod.end();
                asked(open::commit);
                committed = true;
            }
            return completed;
        } catch (StoreUnavailableException e) {
            if (e.reason() == UnavailableReason.CONFLICT) {
                isolation.forget();
            }
            throw e;
        } finally {
            closeUnlessWriting();
        }
    }

    private boolean completed(Handle open, Lease lease, Answer answer) {
        try {
            return completion.complete(open.getConnection(), lease, answer);
        } catch (SQLException e) {
            throw new TransactionException(e);
        } catch (StoreUnavailableException e) {
            if (e.reason() == UnavailableReason.PERMISSION) {
                throw new IllegalStateException(
                        "PostgreSQL does not let the method's transaction write idempotency_records, so it is rolled back:"
                                + " GRANT the role that the method has set, or the user of its pool, the rights that the layer"
                                + " needs, or end the method with RESET ROLE",
                        e);
            }
            throw e;
        }
    }

    /**
     * Commits the request's effect, if the transaction was used. Ends the transaction in any case.
     *
     * @throws StoreUnavailableException if PostgreSQL does not confirm the commit
     * @throws IllegalStateException if the method has ended the transaction itself
     */
    public void commit() {
        Handle open = handle;
        if (open != null && !committed) {
            try {
                beginEnd();
                requireUnended(open);
                // PostgreSQL takes COMMIT after a statement that failed, rolls back, and lets it look like a success.
                asked(() -> open.execute("SELECT 1"));
                ofMethod.end();
                asked(open::commit);
                committed = true;
            } finally {
                closeUnlessWriting();
            }
        }
    }

    /** Either it is committed or it is given up, whichever begins first. */
    private void beginEnd() {
        committing = Thread.currentThread();
        if (!ending.compareAndSet(false, true)) {
            throw new IllegalStateException("the transaction has been given up, since its answer did not come in time");
        }
    }

    private void closeUnlessWriting() {
        if (!committed || !outlivesCommit) {
            close();
        }
    }

    /**
     * Rolls back what was not committed, and returns the connection. A lost connection has been rolled back already. Does nothing while
     * another thread answers in it or commits it: that thread closes it.
     */
    @Override
    public void close() {
        answering.leave();
        Handle open = handle;
        if (open == null || answering.isAnother() || isCommittedElsewhere()) {
            return;
        }
        handle = null;
        try (open) {
            participants.end(committed);
            ofMethod.end();
            ofParticipants.end();
            if (open.isClosed()) {
                return;
            }
            if (open.isInTransaction()) {
                open.rollback();
            }
            SessionState.restoreOrCut(open.getConnection());
        } catch (JdbiException e) {
            log.warn("the connection broke before the rollback, which ends the transaction too: {}", e.getMessage());
        }
    }

    private boolean isCommittedElsewhere() {
        @Nullable Thread other = committing;
        return other != null && other != Thread.currentThread();
    }

    /** Whether it has begun and is neither committed nor rolled back. */
    public boolean isUndecided() {
        return handle != null && !committed;
    }

    /**
     * Rolls back under a thread that may still work in it. The connection is cut: otherwise what that thread did next would be committed on its
     * own, or in another's transaction. Never waits for that thread. Does nothing once the transaction is being committed.
     */
    public void abort() {
        Handle open = handle;
        if (open == null || !ending.compareAndSet(false, true)) {
            return;
        }
        ofMethod.cut();
        ofParticipants.cut();
        SessionState.cut(open.getConnection());
        close();
    }

    /** Moves to a request that lasts as long as the work in it. The present one then ends nothing, and leaves nothing on its thread. */
    public void moveTo(ContainerRequestContext late) {
        answering.leave();
        RequestTransaction moved = new RequestTransaction(jdbi, completion, isolation, participants);
        moved.beforeBegin = beforeBegin;
        moved.handle = handle;
        moved.ofMethod = ofMethod;
        moved.ofParticipants = ofParticipants;
        handle = null;
        late.setProperty(PROPERTY, moved);
        RequestEnd.then(late, moved::close);
    }

    private Handle begin() {
        try {
            Handle open = jdbi.open();
            // The answer of a method that was rolled back is completed in a transaction of its own.
            ofMethod = new TransactionUse();
            ofParticipants = new TransactionUse();
            try {
                isolation.ask(open);
                if (open.getConnection().getAutoCommit()) {
                    completion.prepare(open.getConnection());
                }
                if (isolation.mayBeSnapshot()) {
                    beforeBegin.run(isolation.isSnapshot());
                }
                open.begin();
                isolation.set(open);
                participants.join(GuardedConnection.of(open.getConnection(), ofParticipants));
                return open;
            } catch (SQLException e) {
                open.close();
                throw new TransactionException(e);
            } catch (RuntimeException | Error e) {
                OutOfMemoryExit.haltAfter(e);
                handle = open;
                close();
                throw e;
            }
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    private static void requireUnended(Handle open) {
        if (open.isClosed() || !asked(open::isInTransaction)) {
            throw new IllegalStateException(
                    "the method ended its request's transaction itself; leave commit, rollback and close to the bundle");
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException sql && isRefusal(sql.getSQLState())) {
                throw e;
            }
            throw unavailable(e);
        }
    }

    private static StoreUnavailableException unavailable(JdbiException failure) {
        return PostgresFailures.unavailable(PostgresStore.NAME, failure)
                .orElseGet(
                        () -> new StoreUnavailableException(PostgresStore.NAME, UnavailableReason.OTHER, "", failure));
    }

    private static boolean isRefusal(@Nullable String sqlState) {
        return sqlState != null && REFUSALS.contains(sqlState.substring(0, 2));
    }
}
