package dev.idem.postgres.connect;

import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Creates JDBI instances whose exceptions omit a statement's arguments: keys and users' data must not get into logs. */
public final class RedactingJdbi {
    /** One for the process: it remembers the last thousand statements, and to parse one costs more than to send it. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

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
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        return jdbi;
    }
}
