package dev.idem.postgres.connect;

import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Creates JDBI instances for the layer's own tables: a {@link RedactingJdbi} whose transactions do not depend on the defaults of
 * the database, the role or the pool. Not for an application's own statements, which keep what their application has set.
 */
public final class StoreJdbi {
    private StoreJdbi() {}

    public static Jdbi on(DataSource database) {
        return on(database::getConnection);
    }

    public static Jdbi on(ConnectionFactory connections) {
        OwnTransactions transactions = new OwnTransactions();
        Jdbi jdbi = RedactingJdbi.on(connections).setStatementBuilderFactory(transactions);
        jdbi.getConfig(SqlStatements.class).addCustomizer(transactions);
        return jdbi;
    }
}
