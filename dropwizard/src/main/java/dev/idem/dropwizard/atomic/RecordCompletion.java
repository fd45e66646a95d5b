package dev.idem.dropwizard.atomic;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import java.sql.Connection;
import java.sql.SQLException;

/** Completes the record of a request in the request's own transaction. An extension point; thread-safe. */
public interface RecordCompletion {

    /**
     * Learns what it has to know of a connection, before a transaction begins on it.
     *
     * @throws SQLException if the database refuses, or is silent
     */
    default void prepare(Connection connection) throws SQLException {}

    /**
     * Neither commits nor closes the connection.
     *
     * @return false if another answer is stored, or a later owner has taken over: the transaction is then rolled back
     * @throws dev.idem.core.store.StoreUnavailableException if the database is unavailable
     * @throws SQLException if the database refuses, for example because the transaction has already failed
     */
    boolean complete(Connection transaction, Lease lease, Answer answer) throws SQLException;
}
