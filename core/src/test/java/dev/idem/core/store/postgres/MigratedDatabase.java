package dev.idem.core.store.postgres;

import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;

/** A database of its own with the table of records, behind a pool. */
final class MigratedDatabase implements AutoCloseable {
    private final DataSource pool;

    MigratedDatabase(TestDatabase server) {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(server.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(32);
        pool = new DataSource(properties);
        migrate(server.jdbcUrl());
    }

    Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** On a connection of its own: Liquibase gives one back with auto-commit off. */
    private static void migrate(String jdbcUrl) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> new CommandScope(UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(
                            UpdateCommandStep.CHANGELOG_FILE_ARG, "dev/idem/core/schema/001-idempotency-records.sql")
                    .execute());
        } catch (Exception e) {
            throw new AssertionError("the test's database could not be migrated", e);
        }
    }
}
