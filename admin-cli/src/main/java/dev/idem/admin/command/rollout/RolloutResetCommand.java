package dev.idem.admin.command.rollout;

import dev.idem.admin.session.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes back to the configuration files. */
@Command(
        name = "reset",
        header = "Let each node follow its configuration file again.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin rollout reset --reason 'rolled out, the file says the same'"})
final class RolloutResetCommand implements Callable<Integer> {
    @Mixin
    private final RolloutWriting writing;

    RolloutResetCommand(Session session) {
        this.writing = new RolloutWriting(session);
    }

    @Override
    public Integer call() {
        return writing.write(before -> Optional.empty());
    }
}
