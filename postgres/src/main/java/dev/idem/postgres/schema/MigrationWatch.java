package dev.idem.postgres.schema;

import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.PeriodicTask;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.MigrationProgress.IndexBuild;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Reports at intervals how far a migration is, by any process: from what the database has recorded, on a connection of its own. It
 * reports nothing in the first interval, and nothing while the database does not answer. Thread-safe.
 */
public final class MigrationWatch {
    /** A line every few seconds. */
    public static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Schema schema;
    private final Jdbi jdbi;
    private final Duration interval;
    private final Consumer<MigrationProgress> listener;
    private final String indexBuild = new SchemaStatements().load("index_build");

    /**
     * @param database the schema's
     * @param listener is called on another thread, and never after the migration has ended. What it throws is logged
     */
    public MigrationWatch(Schema schema, DataSource database, Duration interval, Consumer<MigrationProgress> listener) {
        this.schema = schema;
        this.jdbi = StoreJdbi.on(database);
        this.interval = interval;
        this.listener = listener;
    }

    /** A migration. */
    @FunctionalInterface
    public interface Migration<T, X extends Exception> {
        T run() throws X;
    }

    /**
     * Runs a migration, and reports on it until it ends.
     *
     * @throws SchemaException if the database is unavailable
     */
    public <T, X extends Exception> T during(Migration<T, X> migration) throws X {
        int total = schema.pending().size();
        Reports reports = new Reports(total);
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(task -> DaemonThreads.of("migration-watch", task));
        try {
            new PeriodicTask(timer).repeat("the migration's progress", interval, interval, reports::next);
            return migration.run();
        } finally {
            timer.shutdownNow();
            reports.end();
        }
    }

    /** The reports on one migration. */
    private final class Reports {
        private final int total;
        private final long begin = System.nanoTime();
        private boolean ended;

        Reports(int total) {
            this.total = total;
        }

        void next() {
            try {
                List<String> pending = schema.pending();
                if (!pending.isEmpty()) {
                    show(new MigrationProgress(
                            pending.get(0),
                            Math.max(1, total - pending.size() + 1),
                            Math.max(total, pending.size()),
                            Duration.ofNanos(System.nanoTime() - begin),
                            indexBuild()));
                }
            } catch (SchemaException | JdbiException unavailable) {
                // the migration itself says so
            }
        }

        private synchronized void show(MigrationProgress progress) {
            if (!ended) {
                listener.accept(progress);
            }
        }

        /** Waits for a report that is being shown; none follows. */
        synchronized void end() {
            ended = true;
        }
    }

    private Optional<IndexBuild> indexBuild() {
        return jdbi.withHandle(handle -> handle.createQuery(indexBuild)
                .map((row, context) -> new IndexBuild(
                        row.getString("name"), row.getString("phase"), row.getLong("done"), row.getLong("total")))
                .findFirst());
    }
}
