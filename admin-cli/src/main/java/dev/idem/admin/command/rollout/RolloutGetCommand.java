package dev.idem.admin.command.rollout;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.rollout.ChangeRollout;
import dev.idem.core.operations.rollout.RolloutView;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.rollout.RolloutTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the rollout. */
@Command(
        name = "get",
        header = "Show the rollout of all nodes.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin rollout get"})
final class RolloutGetCommand implements Callable<Integer> {
    private final Session session;

    RolloutGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            StoredRollout stored = stores.withDatabase(database ->
                    new ChangeRollout(new RolloutTable(StoreJdbi.on(database)), session.actionLog(stores)).get());
            session.show(new RolloutTables(session.colours()).of(stored), RolloutView.of(stored));
            return stored.unreadable().isPresent() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
