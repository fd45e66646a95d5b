package dev.idem.dropwizard.task;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.StoreUnavailableException;
import io.dropwizard.servlets.tasks.Task;
import io.dropwizard.util.Duration;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /tasks/clear-stale}: frees the keys of owners that died, in both stores, without waiting for a repeat to
 * take over. Parameters: {@code older-than} (for how long an owner must have been silent, {@code 30s} by default, and its
 * own lock time-out at the least) and {@code dry-run=true}, which only counts.
 */
public final class ClearStaleTask extends Task {
    private static final int PAGE_SIZE = 500;
    private static final List<String> PARAMETERS = List.of("older-than", "dry-run");

    private final List<RecordAdministration> stores;
    private final OperatorActions actions;

    /** @param node what this process is called in the audit trail */
    public ClearStaleTask(List<? extends RecordAdministration> stores, AuditEventStore events, String node) {
        super("clear-stale");
        this.stores = List.copyOf(stores);
        this.actions = new OperatorActions(events, node, "admin port", Optional.empty());
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(PARAMETERS);
        if (!unknown.isEmpty()) {
            // A misspelt dry-run must not clear.
            output.println("nothing was done: there is no parameter " + unknown + ", only " + PARAMETERS);
            return;
        }
        Duration silence;
        try {
            silence = Duration.parse(parameter(parameters, "older-than", "30s"));
        } catch (IllegalArgumentException e) {
            output.println("older-than is a duration such as 30s: " + e.getMessage());
            return;
        }
        boolean dryRun = Boolean.parseBoolean(parameter(parameters, "dry-run", "false"));
        for (RecordAdministration store : stores) {
            try {
                long count = clear(store, silence.toJavaDuration(), dryRun);
                output.println(store.name() + ": " + (dryRun ? "would clear " : "cleared ") + count);
                if (count > 0 && !dryRun) {
                    note(store, count, output);
                }
            } catch (StoreUnavailableException e) {
                output.println(store.name() + ": cannot be asked (" + e.getMessage() + ")");
            }
        }
    }

    private void note(RecordAdministration store, long count, PrintWriter output) {
        try {
            actions.did("clear-stale", "store=" + store.name() + " cleared=" + count);
        } catch (StoreUnavailableException e) {
            output.println("the audit trail was not told of this (" + e.getMessage() + ")");
        }
    }

    private static long clear(RecordAdministration store, java.time.Duration silence, boolean dryRun) {
        Filter stale = new Filter(StoredRecord.State.PROCESSING, null, silence, PAGE_SIZE);
        long cleared = 0;
        @Nullable String cursor = null;
        do {
            Page page = store.list(stale, cursor);
            for (StoredRecord record : page.records()) {
                // An owner is given its own lock time-out, however short a silence is asked for.
                if (record.stale() && (dryRun || store.clearIfStale(record, silence))) {
                    cleared++;
                }
            }
            cursor = page.next();
        } while (cursor != null);
        return cleared;
    }

    private static String parameter(Map<String, List<String>> parameters, String name, String otherwise) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.get(0);
    }
}
