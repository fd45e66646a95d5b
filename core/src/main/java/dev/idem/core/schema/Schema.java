package dev.idem.core.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSetStatus;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database and their history, by Liquibase. Each call takes a connection and gives it back as it was.
 * Changes by two processes at a time follow one another. Thread-safe.
 */
public final class Schema {
    private static final String CHANGELOG = "migrations.xml";
    /** Liquibase has a lock of its own, in a table that two processes may create at the same time: so ours is first. */
    private static final String LOCK = "SELECT pg_advisory_lock(8210311404)";

    private static final String UNLOCK = "SELECT pg_advisory_unlock(8210311404)";
    private static final String UNDEFINED_TABLE = "42P01";

    private final DataSource database;
    private volatile @Nullable Set<String> known;

    public Schema(DataSource database) {
        this.database = database;
    }

    /**
     * One change of the schema.
     *
     * @param appliedAt null while it is pending
     */
    public record Change(String id, @Nullable Instant appliedAt) {
        public boolean pending() {
            return appliedAt == null;
        }
    }

    /** All changes in their order. */
    public List<Change> changes() {
        return with("the schema's state could not be read", liquibase -> {
            List<Change> changes = new ArrayList<>();
            for (ChangeSetStatus status : liquibase.getChangeSetStatuses(new Contexts(), new LabelExpression())) {
                @Nullable Date ran = status.getDateLastExecuted();
                changes.add(new Change(
                        status.getChangeSet().getId(),
                        status.getPreviouslyRan() && ran != null ? ran.toInstant() : null));
            }
            return changes;
        });
    }

    /** The changes that the database lacks, in their order. */
    public List<String> pending() {
        return changes().stream().filter(Change::pending).map(Change::id).toList();
    }

    /** Whether no change is lacking, by one query: cheap enough for a health check. */
    public boolean isCurrent() {
        Set<String> needed = knownChanges();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT id FROM databasechangelog");
                ResultSet rows = query.executeQuery()) {
            Set<String> lacking = new LinkedHashSet<>(needed);
            while (rows.next()) {
                lacking.remove(rows.getString(1));
            }
            return lacking.isEmpty();
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return false;
            }
            throw new SchemaException("the schema's state could not be read", e);
        }
    }

    /** Applies what is pending, and returns what that was. */
    public List<String> update() {
        return with("the schema could not be updated", liquibase -> {
            List<String> before = unrun(liquibase);
            if (!before.isEmpty()) {
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                liquibase.update(new Contexts(), new LabelExpression());
            }
            return before;
        });
    }

    /**
     * Takes back the latest changes, and with them the data in their tables.
     *
     * @param count how many, at most as many as there are
     * @return what was taken back, the latest first
     */
    public List<String> rollback(int count) {
        return with("the schema could not be rolled back", liquibase -> {
            List<String> applied = new ArrayList<>();
            for (ChangeSetStatus status : liquibase.getChangeSetStatuses(new Contexts(), new LabelExpression())) {
                if (status.getPreviouslyRan()) {
                    applied.add(0, status.getChangeSet().getId());
                }
            }
            List<String> undone = applied.subList(0, Math.min(count, applied.size()));
            if (!undone.isEmpty()) {
                liquibase.rollback(undone.size(), null, new Contexts(), new LabelExpression());
            }
            return List.copyOf(undone);
        });
    }

    private Set<String> knownChanges() {
        Set<String> ids = known;
        if (ids == null) {
            ids = with("the schema's changes could not be read", liquibase -> {
                Set<String> all = new LinkedHashSet<>();
                for (ChangeSet change : liquibase.getDatabaseChangeLog().getChangeSets()) {
                    all.add(change.getId());
                }
                return all;
            });
            known = ids;
        }
        return ids;
    }

    private static List<String> unrun(Liquibase liquibase) throws LiquibaseException {
        return liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                .map(ChangeSet::getId)
                .toList();
    }

    private <T> T with(String failure, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            execute(connection, LOCK);
            try {
                return quietly(() -> work.on(new Liquibase(
                        CHANGELOG,
                        new ClassLoaderResourceAccessor(Schema.class.getClassLoader()),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))));
            } finally {
                // Liquibase switches it off, and a pool would hand the connection on like that.
                connection.setAutoCommit(autoCommit);
                execute(connection, UNLOCK);
            }
        } catch (SchemaException e) {
            throw e;
        } catch (Exception e) {
            throw new SchemaException(failure, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Liquibase greets on the standard output unless it is given another place to talk to. */
    private static <T> T quietly(Scope.ScopedRunnerWithReturn<T> work) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put(Scope.Attr.ui.name(), new LoggerUIService());
        settings.put("liquibase.analytics.enabled", false);
        return Scope.child(settings, work);
    }

    private interface Work<T> {
        T on(Liquibase liquibase) throws LiquibaseException;
    }
}
