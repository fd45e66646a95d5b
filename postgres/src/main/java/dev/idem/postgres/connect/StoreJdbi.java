package dev.idem.postgres.connect;

import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Creates JDBI instances for this project's own tables. They are {@link RedactingJdbi}s whose transactions do not depend on the
 * defaults of the database, the role or the pool. {@link PostgresFailures#translate} repeats what conflicts. Not for an
 * application's own statements, which keep what their application has set.
 */
public final class StoreJdbi {
    private StoreJdbi() {}

    public static Jdbi on(DataSource database) {
        return on(database::getConnection);
    }

    public static Jdbi on(ConnectionFactory connections) {
        Sessions sessions = new Sessions();
        OwnTransactions transactions = new OwnTransactions(sessions);
        Jdbi jdbi = RedactingJdbi.as(sessions.of(connections)).setStatementBuilderFactory(transactions);
        jdbi.getConfig(SqlStatements.class).addCustomizer(transactions);
        return jdbi;
    }
}
