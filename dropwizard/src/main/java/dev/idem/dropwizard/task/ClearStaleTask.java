package dev.idem.dropwizard.task;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.ChangedRecord.Outcome;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.StaleRecords;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code POST /tasks/clear-stale}: frees the keys of dead owners in both stores, without waiting for a takeover. Parameters:
 * {@code older-than} (the shortest time without a heartbeat, such as {@code 30s}) and {@code dry-run=true}, which only counts.
 * No owner loses its key before its own lock timeout.
 */
public final class ClearStaleTask extends Task {
    private static final List<String> PARAMETERS = List.of("older-than", "dry-run");

    private final RecordStores stores;
    private final OperatorActions actions;

    /** @param node this process's name in the audit trail */
    public ClearStaleTask(RecordStores stores, AuditEventStore events, String node) {
        super("clear-stale");
        this.stores = stores;
        this.actions = new OperatorActions(events, node, "admin port", Optional.empty());
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws TaskFailedException {
        try {
            TaskParameters known = TaskParameters.of(parameters, PARAMETERS);
            clear(
                    known.argument("older-than").duration(),
                    known.argument("dry-run").flag(),
                    output);
        } catch (IllegalArgumentException e) {
            throw new TaskFailedException("nothing was done: " + e.getMessage());
        }
    }

    private void clear(Optional<Duration> olderThan, boolean dryRun, PrintWriter output) throws TaskFailedException {
        StaleRecords stale = new StaleRecords(
                stores,
                ActionLog.to(
                        actions, e -> output.println("the audit trail has no event of this (" + e.getMessage() + ")")));
        StaleRecords.Found found = stale.find(olderThan, StaleRecords.MOST_AT_ONCE);
        StaleRecords.Result result = dryRun ? stale.unchanged(found, true) : stale.clear(found);
        List<String> unavailable =
                result.unavailable().stream().map(store -> store.store()).toList();
        for (String store : List.of("redis", "postgresql")) {
            if (!unavailable.contains(store)) {
                long count = result.records().stream()
                        .filter(item -> item.record().store().equals(store))
                        .filter(item -> dryRun || item.outcome() == Outcome.CLEARED)
                        .count();
                output.println(store + ": " + (dryRun ? "would clear " : "cleared ") + count);
            }
        }
        if (result.more()) {
            output.println("there are more stale records: run this task again");
        }
        if (result.partial()) {
            throw new TaskFailedException(incomplete(result));
        }
    }

    private static String incomplete(StaleRecords.Result result) {
        Stream<String> stores = result.unavailable().stream()
                .map(store -> store.store() + " " + store.verb() + " (" + store.reason() + ")");
        Stream<String> records = result.unreadable().none()
                ? Stream.empty()
                : Stream.of(result.unreadable().toString());
        return Stream.concat(stores, records).collect(Collectors.joining("\n"));
    }
}
