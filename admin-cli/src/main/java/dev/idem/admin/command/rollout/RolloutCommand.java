package dev.idem.admin.command.rollout;

import dev.idem.admin.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands of the rollout; without a subcommand it shows the rollout. */
@Command(
        name = "rollout",
        header = "See and change for whom the layer works, on all nodes.",
        description = {
            "%nWithout a subcommand: rollout get. A change takes effect on all nodes within 2 s, and lasts until it is reset. A node"
                    + " whose configuration has idempotency.enabled: false stays off."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin rollout get",
            "  idem-admin rollout set --percent 1 --platform ios --reason 'first look'",
            "  idem-admin rollout set --route 'POST /orders' --shadow on",
            "  idem-admin rollout reset"
        })
public final class RolloutCommand implements Callable<Integer> {
    private final RolloutGetCommand get;

    private RolloutCommand(Session session) {
        this.get = new RolloutGetCommand(session);
    }

    /** The command with its subcommands. */
    public static CommandLine commandLine(Session session) {
        return new CommandLine(new RolloutCommand(session))
                .addSubcommand(new RolloutGetCommand(session))
                .addSubcommand(new RolloutSetCommand(session))
                .addSubcommand(new RolloutResetCommand(session));
    }

    @Override
    public Integer call() {
        return get.call();
    }
}
