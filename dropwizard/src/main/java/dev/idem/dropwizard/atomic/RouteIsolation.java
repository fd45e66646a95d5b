package dev.idem.dropwizard.atomic;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * What is known of the isolation of one route's transactions. Above READ COMMITTED a transaction sees one snapshot, and conflicts
 * with every later change of a row that it changes. The pool, the role or the database sets the isolation, or the method itself
 * in its first statement. So the session is asked before the first transaction, and the transaction itself before its commit,
 * until one has been committed. Where the method's annotation declares an isolation, that is known. Thread-safe.
 */
final class RouteIsolation {
    private enum Knowledge {
        NONE,
        /** Each statement sees what is committed by then. */
        READ_COMMITTED,
        SNAPSHOT
    }

    private final Isolation declared;
    private volatile Knowledge known;

    RouteIsolation(Isolation declared) {
        this.declared = declared;
        this.known = switch (declared) {
            case DEFAULT -> Knowledge.NONE;
            case READ_COMMITTED -> Knowledge.READ_COMMITTED;
            case REPEATABLE_READ, SERIALIZABLE -> Knowledge.SNAPSHOT;
        };
    }

    /** Whether the transactions see one snapshot, as far as is known. */
    boolean isSnapshot() {
        return known == Knowledge.SNAPSHOT;
    }

    /** Whether they may. */
    boolean mayBeSnapshot() {
        return known != Knowledge.READ_COMMITTED;
    }

    /** Before a transaction: its session's default, which is certain only if it is a snapshot. */
    void ask(Handle session) throws SQLException {
        if (declared == Isolation.DEFAULT
                && known == Knowledge.NONE
                && session.getConnection().getAutoCommit()
                && isSnapshot(session)) {
            known = Knowledge.SNAPSHOT;
        }
    }

    /** The first statement of a transaction sets what is declared, for this transaction alone: its session stays as it is. */
    void set(Handle transaction) {
        if (declared != Isolation.DEFAULT) {
            transaction.execute("SET TRANSACTION ISOLATION LEVEL " + declared.inSql());
        }
    }

    /** At the end of a transaction in which nothing has failed. Returns {@link #isSnapshot()}. */
    boolean askIn(Handle transaction) {
        if (known == Knowledge.NONE) {
            known = isSnapshot(transaction) ? Knowledge.SNAPSHOT : Knowledge.READ_COMMITTED;
        }
        return isSnapshot();
    }

    /** A transaction had a conflict, so perhaps another isolation than the ones before. */
    void forget() {
        if (known == Knowledge.READ_COMMITTED) {
            known = Knowledge.NONE;
        }
    }

    private static boolean isSnapshot(Handle session) {
        TransactionIsolationLevel level = session.getTransactionIsolationLevel();
        return level == TransactionIsolationLevel.REPEATABLE_READ || level == TransactionIsolationLevel.SERIALIZABLE;
    }
}
