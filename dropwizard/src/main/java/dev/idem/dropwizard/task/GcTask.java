package dev.idem.dropwizard.task;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.ExpiredRecordSweeper;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /tasks/gc}: deletes PostgreSQL's expired records now, in small batches, instead of within the next minute.
 * Does nothing while another node sweeps. Redis deletes expired records itself. There are no parameters.
 */
public final class GcTask extends Task {
    private final ExpiredRecordSweeper sweeper;

    public GcTask(ExpiredRecordSweeper sweeper) {
        super("gc");
        this.sweeper = sweeper;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws TaskFailedException {
        if (!parameters.isEmpty()) {
            throw new TaskFailedException("nothing was done: there are no parameters");
        }
        try {
            output.println("postgresql: deleted " + sweeper.sweep());
        } catch (StoreUnavailableException e) {
            throw new TaskFailedException("postgresql " + UnavailableStore.of(e).verb() + " (" + e.why() + ")");
        }
    }
}
