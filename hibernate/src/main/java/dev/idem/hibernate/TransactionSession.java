package dev.idem.hibernate;

import dev.idem.dropwizard.atomic.Participant;
import java.sql.Connection;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.context.internal.ManagedSessionContext;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.resource.transaction.spi.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The session of one request. Hibernate believes that it commits; its connection has been committed by then. So its caches and
 * callbacks learn the true outcome, and nothing is committed before the answer is stored.
 */
final class TransactionSession implements Participant<Session> {
    private final SessionImplementor session;
    private final EndedElsewhere connection;
    private final BeforeCommit beforeCommit;

    private TransactionSession(SessionImplementor session, EndedElsewhere connection, BeforeCommit beforeCommit) {
        this.session = session;
        this.connection = connection;
        this.beforeCommit = beforeCommit;
    }

    /** @param connection refuses to be committed, rolled back or closed */
    static TransactionSession open(SessionFactory factory, Connection connection) {
        EndedElsewhere guarded = new EndedElsewhere(connection);
        BeforeCommit beforeCommit = new BeforeCommit();
        SessionBuilder options = factory.withOptions().connection(guarded.asConnection());
        SessionImplementor session =
                beforeCommit.watch(factory, options).openSession().unwrap(SessionImplementor.class);
        try {
            session.beginTransaction(); // without one Hibernate flushes nothing
            return new TransactionSession(session, guarded, beforeCommit);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Session value() {
        return session;
    }

    @Override
    public Runnable bind() {
        @Nullable Session before = ManagedSessionContext.bind(session);
        return () -> unbind(before);
    }

    /** Somebody else may have bound another one, or none, since. */
    private void unbind(@Nullable Session before) {
        @Nullable Session bound = ManagedSessionContext.unbind(session.getSessionFactory());
        if (bound != null && bound != session) {
            ManagedSessionContext.bind(bound);
        } else if (bound == session && before != null && before != session && before.isOpen()) {
            ManagedSessionContext.bind(before);
        }
    }

    /** @throws IllegalStateException if the method has closed the session, or its transaction may only be rolled back */
    @Override
    public void flush() {
        if (!session.isOpen()) {
            throw new IllegalStateException("the method closed its session itself; leave that to the bundle");
        }
        TransactionStatus status = session.getTransaction().getStatus();
        if (status != TransactionStatus.ACTIVE) {
            throw new IllegalStateException("the session's transaction is " + status
                    + ": an exception of Hibernate that the method has caught, or the method itself, has made it so."
                    + " It is rolled back");
        }
        if (session.getHibernateFlushMode() != FlushMode.MANUAL) {
            session.flush();
            // Checks of versions, for example, which Hibernate itself would make before it commits.
            session.getActionQueue().beforeTransactionCompletion();
        }
    }

    /** Also calls those of the application who want to know before the commit. What they have changed is written, too. */
    @Override
    public void flushLast() {
        flush();
        beforeCommit.run(session);
        flush();
        session.setHibernateFlushMode(FlushMode.MANUAL);
    }

    @Override
    public void end(boolean committed) {
        connection.end();
        if (!session.isOpen()) {
            return;
        }
        try (session) {
            session.setHibernateFlushMode(FlushMode.MANUAL);
            Transaction transaction = session.getTransaction();
            if (committed) {
                try {
                    beforeCommit.tellCommitted(session);
                } finally {
                    transaction.commit();
                }
            } else if (transaction.getStatus().canRollback()) {
                transaction.rollback();
            }
        }
    }
}
