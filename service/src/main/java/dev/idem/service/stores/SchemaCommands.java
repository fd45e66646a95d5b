package dev.idem.service.stores;

import dev.idem.postgres.schema.MigrationWatch;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.DatabaseConfiguration;
import io.dropwizard.migrations.DbCommand;
import javax.sql.DataSource;
import liquibase.Liquibase;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

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

        /** Further connections to it. */
        DataSource another() {
            if (settings == null) {
                throw new IllegalStateException("no command has opened the database");
            }
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(settings.getUrl());
            source.setUser(settings.getUser());
            source.setPassword(settings.getPassword());
            return source;
        }
    }

    private static final class Watched extends DbCommand<IdemConfiguration> {
        private final Opened opened;

        Watched(Opened opened) {
            super(NAME, opened, IdemConfiguration.class, ServiceTables.CHANGELOG);
            this.opened = opened;
        }

        @Override
        public void run(Namespace arguments, Liquibase liquibase) throws Exception {
            if ("migrate".equals(arguments.getString("subcommand"))) {
                DataSource database = opened.another();
                boolean unused = new MigrationWatch(
                                ServiceTables.in(database),
                                database,
                                MigrationWatch.INTERVAL,
                                progress -> System.err.println(progress.sentence()))
                        .during(() -> {
                            super.run(arguments, liquibase);
                            return true;
                        });
            } else {
                super.run(arguments, liquibase);
            }
        }
    }
}
