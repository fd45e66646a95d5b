package dev.idem.postgres.schema;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Some of the tables in one PostgreSQL database, as a list of changes describes them; other tables are never touched. Each call borrows a connection and gives it back as it was. Thread-safe; any
 * number of threads and processes may migrate one database together: one does, the others wait for it.
 */
public final class Schema {
    /** The list of the idempotency tables, on the class path. Other lists may include it. */
    public static final String IDEMPOTENCY_TABLES = "dev/idem/postgres/schema/changelog.xml";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final Duration patience;
    private final AppliedChanges applied;
    private final Changelog changelog;

    /** The idempotency tables alone, whose names all begin with {@code idempotency_}. */
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

    /** @param patience how long another migration is waited for */
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
     * Whether nothing is pending. One short query: health checks may ask often.
     *
     * @throws SchemaException if the database is unavailable
     */
    public boolean isCurrent() {
        return pending().isEmpty();
    }

    /**
     * Applies what is pending. A change that fails leaves nothing of itself behind; those before it stay.
     *
     * @return the ids of the changes that were applied by this call, in order
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
     * What {@link #update} would run now, as a script for PostgreSQL. It also notes that it was run.
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
     * Takes the latest changes back, and with a table what is in it.
     *
     * @param count how many at the most, at least 1
     * @return the ids of the changes that were taken back, the latest first
     * @throws SchemaException as {@link #update}
     */
    public List<String> rollback(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one change is rolled back, not " + count);
        }
        return SchemaFailures.translate(() -> {
            try (MigrationConnection connection = MigrationConnection.open(dataSource, patience)) {
                return changelog.rollback(connection.jdbc(), count);
            }
        });
    }
}
