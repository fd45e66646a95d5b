package dev.idem.postgres.connect;

import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Creates JDBI instances whose exceptions omit a statement's arguments: keys and users' data must not get into logs. */
public final class RedactingJdbi {
    private RedactingJdbi() {}

    public static Jdbi on(DataSource database) {
        return on(database::getConnection);
    }

    public static Jdbi on(ConnectionFactory connections) {
        return as(new Sessions().of(connections));
    }

    /** On connections that are known already. */
    static Jdbi as(ConnectionFactory connections) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }
}
