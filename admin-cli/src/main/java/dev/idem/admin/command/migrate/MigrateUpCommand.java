package dev.idem.admin.command.migrate;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.schema.MigrationProgress;
import dev.idem.postgres.schema.MigrationWatch;
import dev.idem.postgres.schema.Schema;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Applies the pending changes. */
@Command(
        name = "up",
        header = "Apply the changes that the database lacks.",
        description =
                "%nA change that takes longer than three seconds is reported every three seconds on the standard error: its"
                        + " name, its number, and the progress of an index. With -o json it is not.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate up"})
final class MigrateUpCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    MigrateUpCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(List<String> applied) {}

    @Override
    public Integer call() {
        return apply(tables);
    }

    int apply(TablesOption chosen) {
        try (Stores stores = session.openStores()) {
            List<String> applied = stores.withDatabase(database -> apply(chosen.in(database), database));
            session.show(
                    applied.isEmpty()
                            ? "The schema is up to date."
                            : "Applied: " + String.join(", ", applied) + ". The schema is up to date.",
                    new Result(applied));
            return ExitCode.DONE;
        }
    }

    private List<String> apply(Schema schema, DataSource database) {
        return new MigrationWatch(schema, database, MigrationWatch.INTERVAL, this::show).during(schema::update);
    }

    /** Lines, not a bar: a deployment's log needs them too. */
    private void show(MigrationProgress progress) {
        if (!session.forPrograms()) {
            session.warn(progress.sentence());
        }
    }
}
