package dev.idem.service.stores;

import com.codahale.metrics.MetricRegistry;
import dev.idem.postgres.connect.Sessions;
import dev.idem.postgres.schema.MigrationWatch;
import dev.idem.postgres.schema.Schema;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.DatabaseConfiguration;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.migrations.DbCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import liquibase.Liquibase;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Dropwizard's {@code db} commands for the service's tables, with the guards of {@code idem-admin migrate}. {@code db migrate} shows
 * its progress on the standard error.
 */
public final class SchemaCommands implements ConfiguredBundle<IdemConfiguration> {
    private static final String NAME = "db";

    /** They drop tables whatever these contain. */
    private static final Set<String> LOSING_ROWS = Set.of("rollback", "drop-all", "test");

    /** They change nothing. */
    private static final Set<String> READING = Set.of("status", "calculate-checksum");

    @Override
    public void initialize(Bootstrap<?> bootstrap) {
        bootstrap.addCommand(new Guarded(new Opened()));
    }

    /** Remembers the database that a command has opened. For one command. */
    private static final class Opened implements DatabaseConfiguration<IdemConfiguration> {
        private @Nullable DataSourceFactory settings;

        @Override
        public DataSourceFactory getDataSourceFactory(IdemConfiguration configuration) {
            if (settings == null) {
                settings = StoresBundle.forCommand(configuration);
            }
            return settings;
        }

        /** A further connection to it, with the same settings. */
        ManagedDataSource another() {
            if (settings == null) {
                throw new IllegalStateException("no command has opened the database");
            }
            return another(settings);
        }

        ManagedDataSource another(DataSourceFactory of) {
            return of.build(new MetricRegistry(), "migration-watch");
        }
    }

    private static final class Guarded extends DbCommand<IdemConfiguration> {
        private final Opened opened;

        Guarded(Opened opened) {
            super(NAME, opened, IdemConfiguration.class, ServiceTables.CHANGELOG);
            this.opened = opened;
        }

        /** @throws StartupException if the command would drop rows, or a pooler could give it several sessions */
        private void requireSafe(Namespace arguments, IdemConfiguration configuration) throws SQLException {
            String command = arguments.getString("subcommand");
            if (LOSING_ROWS.contains(command) && !Boolean.TRUE.equals(arguments.getBoolean("dry-run"))) {
                throw new StartupException(
                        "db " + command + " would drop tables with their rows and does not look. Nothing was"
                                + " changed. Use idem-admin migrate rollback N: it shows what would be lost, and asks.");
            }
            if (!READING.contains(command)) {
                requireDirectConnection(opened.getDataSourceFactory(configuration));
            }
        }

        private void requireDirectConnection(DataSourceFactory settings) throws SQLException {
            ManagedDataSource database = opened.another(settings);
            try (Connection connection = database.getConnection()) {
                if (new Sessions().isThroughPooler(connection)) {
                    throw new StartupException(Schema.NEEDS_ITS_OWN_SESSION);
                }
            } finally {
                stop(database);
            }
        }

        private static void stop(ManagedDataSource database) {
            try {
                database.stop();
            } catch (Exception e) {
                throw new IllegalStateException("a pool could not be closed", e);
            }
        }

        @Override
        public void onError(Cli cli, Namespace arguments, Throwable failure) {
            CommandErrors.print(cli, failure);
        }

        /** Liquibase asks the database while it is opened, and so comes after the guards. */
        @Override
        protected void run(
                @Nullable Bootstrap<IdemConfiguration> bootstrap, Namespace arguments, IdemConfiguration configuration)
                throws Exception {
            requireSafe(arguments, configuration);
            super.run(bootstrap, arguments, configuration);
        }

        @Override
        public void run(Namespace arguments, Liquibase liquibase) throws Exception {
            if (!"migrate".equals(arguments.getString("subcommand"))) {
                super.run(arguments, liquibase);
                return;
            }
            ManagedDataSource database = opened.another();
            try {
                boolean unused = new MigrationWatch(
                                ServiceTables.in(database),
                                database,
                                MigrationWatch.INTERVAL,
                                progress -> System.err.println(progress.sentence()))
                        .during(() -> {
                            super.run(arguments, liquibase);
                            return true;
                        });
            } finally {
                stop(database);
            }
        }
    }
}
