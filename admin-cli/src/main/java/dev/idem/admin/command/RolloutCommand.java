package dev.idem.admin.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The roll-out's commands; alone it shows. */
@Command(
        name = "rollout",
        header = "See and change for whom the layer works, on all nodes.",
        description = {
            "%nWithout a further word: rollout get. A change holds on all nodes within 2 s, and until it is reset. A node whose"
                    + " configuration has idempotency.enabled: false stays off whatever is said here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin rollout get",
            "  idem-admin rollout set --percent 1 --platform ios --reason 'first look'",
            "  idem-admin rollout set --route 'POST /orders' --shadow on",
            "  idem-admin rollout reset"
        })
final class RolloutCommand implements Callable<Integer> {
    private final RolloutGetCommand get;

    RolloutCommand(Session session) {
        this.get = new RolloutGetCommand(session);
    }

    @Override
    public Integer call() {
        return get.call();
    }
}
