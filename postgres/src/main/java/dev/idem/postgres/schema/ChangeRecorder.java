package dev.idem.postgres.schema;

import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;

/** Records which changes Liquibase executes. For one run and one thread. */
final class ChangeRecorder extends AbstractChangeExecListener {
    private final List<String> ids = new ArrayList<>();

    List<String> ids() {
        return List.copyOf(ids);
    }

    @Override
    public void ran(ChangeSet change, DatabaseChangeLog changelog, Database database, ChangeSet.ExecType how) {
        ids.add(change.getId());
    }

    @Override
    public void rolledBack(ChangeSet change, DatabaseChangeLog changelog, Database database) {
        ids.add(change.getId());
    }
}
