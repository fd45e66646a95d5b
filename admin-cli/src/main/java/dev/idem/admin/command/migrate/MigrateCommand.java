package dev.idem.admin.command.migrate;

import dev.idem.admin.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Commands of the schema; without a subcommand it is {@code migrate up}. */
@Command(
        name = "migrate",
        header = "Bring the database's schema up to date, or back.",
        description = {
            "%nWithout a subcommand: migrate up. The service migrates an embedded database by itself; any other database is migrated"
                    + " by its operator. Migrations that run at the same time wait for each other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin migrate",
            "  idem-admin migrate status",
            "  idem-admin migrate rollback 1",
            "  idem-admin migrate --tables idempotency"
        })
public final class MigrateCommand implements Callable<Integer> {
    private final MigrateUpCommand up;

    @Mixin
    private final TablesOption tables = new TablesOption();

    private MigrateCommand(Session session) {
        this.up = new MigrateUpCommand(session);
    }

    /** The command with its subcommands. */
    public static CommandLine commandLine(Session session) {
        return new CommandLine(new MigrateCommand(session))
                .addSubcommand(new MigrateStatusCommand(session))
                .addSubcommand(new MigrateUpCommand(session))
                .addSubcommand(new MigrateSqlCommand(session))
                .addSubcommand(new MigrateRollbackCommand(session));
    }

    @Override
    public Integer call() {
        return up.apply(tables);
    }
}
