package dev.idem.postgres.schema;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import liquibase.GlobalConfiguration;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.change.AbstractSQLChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.FastCheckService;
import liquibase.command.CommandScope;
import liquibase.command.core.RollbackCountCommandStep;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.UpdateSqlCommandStep;
import liquibase.command.core.helpers.ChangeExecListenerCommandStep;
import liquibase.command.core.helpers.DatabaseChangelogCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.logging.core.NoOpLogService;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * A file that lists changes, and Liquibase, which executes them. Liquibase must not print, log, or report its use over the
 * network. Thread-safe, but a connection is for one call at a time.
 */
final class Changelog {
    /** By file. Each is read once in a process: to read one takes longer than to ask a database, and none changes. */
    private static final Map<String, List<ListedChange>> READ = new ConcurrentHashMap<>();

    private final ResourceAccessor files = new ClassLoaderResourceAccessor(Changelog.class.getClassLoader());
    private final Map<String, Object> settings = Map.of(
            Scope.Attr.resourceAccessor.name(),
            files,
            Scope.Attr.logService.name(),
            new NoOpLogService(),
            Scope.Attr.ui.name(),
            new LoggerUIService(),
            AnalyticsArgs.ENABLED.getKey(),
            false,
            GlobalConfiguration.SHOW_BANNER.getKey(),
            false,
            // Liquibase's XSD takes a tenth of a second of each start to load, and our files are the build's own.
            GlobalConfiguration.VALIDATE_XML_CHANGELOG_FILES.getKey(),
            false);
    private final String file;
    private final List<ListedChange> changes;

    /** @param file on the class path */
    Changelog(String file) {
        this.file = file;
        this.changes =
                READ.computeIfAbsent(file, name -> SchemaFailures.translate(() -> Scope.child(settings, this::parse)));
    }

    /** A change, and the SQL that takes it back. */
    private record ListedChange(Change change, List<String> rollback) {}

    /** All changes of the file, as pending. */
    List<Change> changes() {
        return changes.stream().map(ListedChange::change).toList();
    }

    /** The SQL that takes these changes back. */
    List<String> sqlOfRollback(List<Change> of) {
        return of.stream()
                .flatMap(change -> changes.stream().filter(listed -> change.isSame(listed.change())))
                .flatMap(listed -> listed.rollback().stream())
                .toList();
    }

    /** Applies the pending changes. Changes the state of the connection. */
    List<String> update(Connection connection) throws Exception {
        ChangeRecorder recorder = new ChangeRecorder();
        Scope.child(settings, () -> {
            // Liquibase caches that a database is current, and would not notice a rollback by another process.
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            command(UpdateCommandStep.COMMAND_NAME, connection, recorder)
                    .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                    .execute();
        });
        return recorder.ids();
    }

    /** The SQL that {@link #update} would run. Changes the state of the connection. */
    String sqlOfUpdate(Connection connection) throws Exception {
        ByteArrayOutputStream sql = new ByteArrayOutputStream();
        Scope.child(settings, () -> {
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            command(UpdateSqlCommandStep.COMMAND_NAME, connection, new ChangeRecorder())
                    .setOutput(sql)
                    .execute();
        });
        return sql.toString(StandardCharsets.UTF_8);
    }

    /** Rolls the latest changes back. Changes the state of the connection. */
    List<String> rollback(Connection connection, int count) throws Exception {
        ChangeRecorder recorder = new ChangeRecorder();
        Scope.child(settings, () -> {
            command(RollbackCountCommandStep.COMMAND_NAME, connection, recorder)
                    .addArgumentValue(RollbackCountCommandStep.COUNT_ARG, count)
                    .execute();
        });
        return recorder.ids();
    }

    private CommandScope command(String[] name, Connection connection, ChangeRecorder recorder) throws Exception {
        return new CommandScope(name)
                .addArgumentValue(
                        DbUrlConnectionArgumentsCommandStep.DATABASE_ARG,
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                .addArgumentValue(DatabaseChangelogCommandStep.CHANGELOG_FILE_ARG, file)
                .addArgumentValue(ChangeExecListenerCommandStep.CHANGE_EXEC_LISTENER_ARG, recorder)
                .setOutput(OutputStream.nullOutputStream());
    }

    private List<ListedChange> parse() throws Exception {
        return ChangeLogParserFactory.getInstance()
                .getParser(file, files)
                .parse(file, new ChangeLogParameters(), files)
                .getChangeSets()
                .stream()
                .map(change ->
                        new ListedChange(new Change(change.getId(), change.getFilePath(), null), rollback(change)))
                .toList();
    }

    private static List<String> rollback(ChangeSet change) {
        return change.getRollback().getChanges().stream()
                .filter(AbstractSQLChange.class::isInstance)
                .map(step -> ((AbstractSQLChange) step).getSql())
                .toList();
    }
}
