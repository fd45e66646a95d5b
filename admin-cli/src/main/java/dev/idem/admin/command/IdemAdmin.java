package dev.idem.admin.command;

import dev.idem.admin.command.event.EventsCommand;
import dev.idem.admin.command.event.TailCommand;
import dev.idem.admin.command.migrate.MigrateCommand;
import dev.idem.admin.command.record.ClearStaleCommand;
import dev.idem.admin.command.record.DeleteCommand;
import dev.idem.admin.command.record.InspectCommand;
import dev.idem.admin.command.record.ListCommand;
import dev.idem.admin.command.record.ResolveCommand;
import dev.idem.admin.command.rollout.RolloutCommand;
import dev.idem.admin.command.upkeep.AdoptCommand;
import dev.idem.admin.command.upkeep.DoctorCommand;
import dev.idem.admin.command.upkeep.PurgeCommand;
import dev.idem.admin.command.upkeep.ReconcileCommand;
import dev.idem.admin.command.upkeep.StatsCommand;
import dev.idem.admin.command.user.UserCommand;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.session.Shell;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program and its commands. */
@Command(
        name = "idem-admin",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Inspect and repair the stores of the idempotency layer.",
        description = {
            "%nReads the same config.yml and environment as the service and connects to Redis and PostgreSQL itself, so it works"
                    + " while the service is down. Embedded servers that are not running are started for the duration"
                    + " of a command."
        },
        usageHelpWidth = 100,
        synopsisHeading = "%nUsage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE + ":done",
            ExitCode.FAILED + ":failed, or a store was unavailable",
            ExitCode.WRONG_USAGE + ":wrong usage",
            ExitCode.NOTHING_FOUND + ":nothing was found"
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nEnvironment (config.yml takes precedence):%n",
        footer = {
            "  REDIS_URL     embedded, redis://… or rediss://…, or a comma-separated list of nodes",
            "  REDIS_MODE    standalone, cluster or sentinel",
            "  DATABASE_URL  embedded, jdbc:postgresql:… or postgres://…",
            "  DATA_DIR      where embedded servers keep their data (./data)",
            "%nIDEM_ADMIN_JAVA_OPTS holds flags for Java, such as -Djavax.net.ssl.trustStore=FILE for rediss://.",
            "%nExamples:",
            "  idem-admin list --stale",
            "  idem-admin -c /etc/idem/config.yml inspect 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin clear-stale --dry-run",
            "  idem-admin migrate status",
            "  idem-admin user add ann@example.com --password-stdin < password.txt"
        })
public final class IdemAdmin implements Runnable {
    private static final String COMPLETION = "generate-completion";

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli finds options in it
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private IdemAdmin(Session session) {
        this.session = session;
    }

    /** The whole program, ready to execute a command line. */
    public static CommandLine commandLine(Shell shell) {
        Session session = new Session(shell);
        return with(session, commands(session).values());
    }

    /**
     * As much of the program as one command line needs: reading the options of all commands takes longer than executing one. Without a
     * command, or with one that is about all others, it is the whole program.
     */
    public static CommandLine commandLine(Shell shell, List<String> line) {
        Session session = new Session(shell);
        Map<String, Supplier<CommandLine>> commands = commands(session);
        if (line.stream().anyMatch(commands::containsKey) && !line.contains(COMPLETION)) {
            commands.keySet().retainAll(line);
        }
        return with(session, commands.values());
    }

    private static CommandLine with(Session session, Collection<Supplier<CommandLine>> commands) {
        CommandLine program = new CommandLine(new IdemAdmin(session));
        commands.forEach(command -> program.addSubcommand(command.get()));
        Failure failure = new Failure(session);
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageException(session))
                .setExecutionExceptionHandler(failure)
                .setExecutionStrategy(failure);
    }

    private static Map<String, Supplier<CommandLine>> commands(Session session) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("inspect", () -> new CommandLine(new InspectCommand(session)));
        commands.put("list", () -> new CommandLine(new ListCommand(session)));
        commands.put("clear-stale", () -> new CommandLine(new ClearStaleCommand(session)));
        commands.put("delete", () -> new CommandLine(new DeleteCommand(session)));
        commands.put("resolve", () -> new CommandLine(new ResolveCommand(session)));
        commands.put("tail", () -> new CommandLine(new TailCommand(session)));
        commands.put("events", () -> EventsCommand.commandLine(session));
        commands.put("stats", () -> new CommandLine(new StatsCommand(session)));
        commands.put("adopt", () -> new CommandLine(new AdoptCommand(session)));
        commands.put("purge", () -> new CommandLine(new PurgeCommand(session)));
        commands.put("reconcile", () -> new CommandLine(new ReconcileCommand(session)));
        commands.put("doctor", () -> new CommandLine(new DoctorCommand(session)));
        commands.put("migrate", () -> MigrateCommand.commandLine(session));
        commands.put("rollout", () -> RolloutCommand.commandLine(session));
        commands.put("user", () -> UserCommand.commandLine(session));
        commands.put(COMPLETION, () -> new CommandLine(new AutoComplete.GenerateCompletion()));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command. Commands: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
