package dev.idem.postgres.schema;

import java.util.List;
import java.util.Map;

/**
 * What a rollback would do.
 *
 * @param changes the ids of the changes that it would take back, the latest first; fewer than asked for if there are no more
 * @param rows the tables that would lose data, with the number of their rows, {@value #MOST} at the most
 */
public record RollbackPlan(List<String> changes, Map<String, Long> rows) {
    /** Beyond it, nobody needs an exact number. */
    public static final long MOST = 100_001;
}
