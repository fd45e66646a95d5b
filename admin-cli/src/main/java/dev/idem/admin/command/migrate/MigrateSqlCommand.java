package dev.idem.admin.command.migrate;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what {@code migrate up} would do. */
@Command(
        name = "sql",
        header = "Show the SQL that migrate up would run, and run nothing.",
        description = {
            "%nFor databases that somebody else changes. The SQL also records that it was run, so that the service finds its"
                    + " schema up to date."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate sql", "  idem-admin migrate sql > changes.sql"})
final class MigrateSqlCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    MigrateSqlCommand(Session session) {
        this.session = session;
    }

    /** The JSON output; empty if nothing is pending. */
    record Result(String sql) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            String sql = stores.withDatabase(database -> tables.in(database).sqlOfUpdate());
            session.show(sql.isEmpty() ? "-- The schema is up to date." : sql, new Result(sql));
            return ExitCode.DONE;
        }
    }
}
