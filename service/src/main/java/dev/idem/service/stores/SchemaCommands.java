package dev.idem.service.stores;

import com.codahale.metrics.MetricRegistry;
import dev.idem.postgres.schema.MigrationWatch;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.DatabaseConfiguration;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.migrations.DbCommand;
import liquibase.Liquibase;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;

/** Dropwizard's {@code db} commands for the service's tables. {@code db migrate} shows its progress on the standard error. */
public final class SchemaCommands implements ConfiguredBundle<IdemConfiguration> {
    private static final String NAME = "db";

    @Override
    public void initialize(Bootstrap<?> bootstrap) {
        bootstrap.addCommand(new Watched(new Opened()));
    }

    /** Remembers the database that a command has opened. For one command. */
    private static final class Opened implements DatabaseConfiguration<IdemConfiguration> {
        private @Nullable DataSourceFactory settings;

        @Override
        public DataSourceFactory getDataSourceFactory(IdemConfiguration configuration) {
            settings = StoresBundle.forCommand(configuration);
            return settings;
        }

        /** A further connection to it, with the same settings. */
        ManagedDataSource another() {
            if (settings == null) {
                throw new IllegalStateException("no command has opened the database");
            }
            return settings.build(new MetricRegistry(), "migration-watch");
        }
    }

    private static final class Watched extends DbCommand<IdemConfiguration> {
        private final Opened opened;

        Watched(Opened opened) {
            super(NAME, opened, IdemConfiguration.class, ServiceTables.CHANGELOG);
            this.opened = opened;
        }

        @Override
        public void onError(Cli cli, Namespace arguments, Throwable failure) {
            CommandErrors.print(cli, failure);
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
                database.stop();
            }
        }
    }
}
