package dev.idem.postgres.schema;

import dev.idem.postgres.connect.StoreJdbi;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Reads the changes that Liquibase recorded in a database. Liquibase itself would take seconds for this. Thread-safe. */
final class AppliedChanges {
    private final Jdbi jdbi;
    private final String applied = new SchemaStatements().load("applied");

    AppliedChanges(DataSource dataSource) {
        jdbi = StoreJdbi.on(dataSource);
    }

    /** Empty if the database was never migrated. */
    List<Change> read() {
        return SchemaFailures.translate(() -> {
            try {
                return jdbi.withHandle(handle -> handle.createQuery(applied)
                        .map((row, context) -> change(row))
                        .list());
            } catch (UnableToExecuteStatementException e) {
                if (SchemaFailures.hasState(e, SchemaFailures.UNDEFINED_TABLE)) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getString("id"),
                row.getString("filename"),
                row.getTimestamp("dateexecuted").toInstant());
    }
}
