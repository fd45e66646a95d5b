package dev.idem.admin.checkup;

import dev.idem.core.rollout.StoredRollout;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.rollout.RolloutTable;
import org.jdbi.v3.core.Jdbi;

/** Whether nodes can follow the rollout that is stored. */
final class RolloutCheckup {
    private static final String CHECK = "rollout";

    private RolloutCheckup() {}

    /** @throws StoreUnavailableException if PostgreSQL is unavailable, or its table has lost its row */
    static CheckResult look(Jdbi jdbi) {
        StoredRollout stored = new RolloutTable(jdbi).get();
        String version = "version " + stored.version();
        return stored.unreadable()
                .map(why ->
                        CheckResult.warning(DatabaseCheckup.SUBJECT, CHECK, version + " is in force on no node", why))
                .orElseGet(() -> CheckResult.ok(
                        DatabaseCheckup.SUBJECT,
                        CHECK,
                        version + (stored.settings().isPresent() ? ", stored" : ", as each node is configured")));
    }
}
