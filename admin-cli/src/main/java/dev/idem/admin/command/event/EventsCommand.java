package dev.idem.admin.command.event;

import dev.idem.admin.session.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands of the audit trail. */
@Command(
        name = "events",
        header = "Read the audit trail.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin events export --from 2026-03-01 --to 2026-04-01 --format csv --out march.csv"})
public final class EventsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private EventsCommand() {}

    /** The command with its subcommand. */
    public static CommandLine commandLine(Session session) {
        return new CommandLine(new EventsCommand()).addSubcommand(new EventsExportCommand(session));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand: export. To follow events, use tail.");
    }
}
