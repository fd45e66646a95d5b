package dev.idem.postgres.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables of one list of changes in a PostgreSQL database. Other tables are never changed. Each call borrows a connection and
 * returns it in its former state. Thread-safe. Any number of threads and processes may migrate one database together: one
 * migrates, and the others wait for it.
 */
public final class Schema {
    /** The list of the idempotency tables, on the class path. Other lists may include it. */
    public static final String IDEMPOTENCY_TABLES = "dev/idem/postgres/schema/changelog.xml";

    /** Said to an operator who changes a schema through a pooler. */
    public static final String NEEDS_ITS_OWN_SESSION =
            "a connection pooler such as pgbouncer lies between, and a migration needs a session of its own: let database.url"
                    + " (DATABASE_URL) name the server itself for this command.";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final Duration patience;
    private final AppliedChanges applied;
    private final Changelog changelog;

    /** Only the idempotency tables, whose names all begin with {@code idempotency_}. */
    public Schema(DataSource dataSource) {
        this(dataSource, IDEMPOTENCY_TABLES);
    }

    /**
     * @param changelog a list of changes on the class path
     * @throws SchemaException if the list cannot be read
     */
    public Schema(DataSource dataSource, String changelog) {
        this(dataSource, changelog, PATIENCE);
    }

    /** @param patience how long to wait for another migration */
    Schema(DataSource dataSource, String changelog, Duration patience) {
        this.dataSource = dataSource;
        this.changelog = new Changelog(changelog);
        this.patience = patience;
        this.applied = new AppliedChanges(dataSource);
    }

    /**
     * Every change in the list, in order.
     *
     * @throws SchemaException if the database is unavailable
     */
    public List<Change> changes() {
        List<Change> past = applied.read();
        return changelog.changes().stream()
                .map(change -> past.stream().filter(change::isSame).findFirst().orElse(change))
                .toList();
    }

    /**
     * The ids of the changes that the database lacks, in order.
     *
     * @throws SchemaException if the database is unavailable
     */
    public List<String> pending() {
        return changes().stream().filter(Change::pending).map(Change::id).toList();
    }

    /**
     * Whether no change is pending. It is one short query, so health checks may call it often.
     *
     * @throws SchemaException if the database is unavailable
     */
    public boolean isCurrent() {
        return pending().isEmpty();
    }

    /**
     * Applies the pending changes. A change that fails has no effect; the changes before it stay.
     *
     * @return the ids of the changes that this call applied, in order
     * @throws SchemaException if the database is unavailable or refuses, or another migration takes too long
     */
    public List<String> update() {
        return SchemaFailures.translate(() -> {
            try (MigrationConnection connection = MigrationConnection.open(dataSource, patience)) {
                return changelog.update(connection.jdbc());
            }
        });
    }

    /**
     * The SQL script that {@link #update} would run now. The script also records the changes as applied.
     *
     * @return empty if nothing is pending
     * @throws SchemaException as {@link #update}
     */
    public String sqlOfUpdate() {
        if (isCurrent()) {
            return "";
        }
        return SchemaFailures.translate(() -> {
            try (MigrationConnection connection = MigrationConnection.open(dataSource, patience)) {
                return changelog.sqlOfUpdate(connection.jdbc());
            }
        });
    }

    /**
     * What {@link #rollback} would do now.
     *
     * @param count the largest number of changes to roll back, at least 1
     * @throws SchemaException if the database is unavailable
     */
    public RollbackPlan planOfRollback(int count) {
        List<Change> ours = changelog.changes();
        List<Change> past = new ArrayList<>(applied.read());
        Collections.reverse(past);
        List<Change> latestFirst = past.stream()
                .filter(change -> ours.stream().anyMatch(change::isSame))
                .limit(count)
                .toList();
        return new RollbackPlan(
                latestFirst.stream().map(Change::id).toList(),
                SchemaFailures.translate(() -> new LostRows(dataSource).of(changelog.sqlOfRollback(latestFirst))));
    }

    /**
     * Rolls the latest changes back. A dropped table loses its rows.
     *
     * @param count the largest number of changes to roll back, at least 1
     * @return the ids of the changes that were rolled back, the latest first
     * @throws SchemaException as {@link #update}
     */
    public List<String> rollback(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, not " + count);
        }
        return SchemaFailures.translate(() -> {
            try (MigrationConnection connection = MigrationConnection.open(dataSource, patience)) {
                return changelog.rollback(connection.jdbc(), count);
            }
        });
    }
}
