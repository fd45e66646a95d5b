package dev.idem.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL whose files all lie in one directory, with one database. */
final class PostgresServer implements Server {

    static final String KIND = "postgres";
    static final String SUPERUSER = "postgres";
    static final String DATABASE = "idem";

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LEFTOVER_STOP = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration CREATION = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Path directory;
    private final Path cluster;
    private final boolean durable;
    private final LogFile log;

    private @Nullable PostgresPrograms programs;

    /** @param durable whether a crash of the whole machine may lose nothing */
    PostgresServer(Path directory, boolean durable) {
        this.directory = directory;
        this.cluster = directory.resolve("data");
        this.durable = durable;
        this.log = new LogFile(directory.resolve("postgres.log"));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return "PostgreSQL in " + directory;
    }

    @Override
    public Optional<RunningServer> running() {
        try {
            Optional<PostgresSettings> settings = PostgresSettings.read(directory);
            Optional<ProcessHandle> process = PostmasterPid.read(cluster);
            return settings.isPresent() && process.isPresent() && answers(settings.get())
                    ? Optional.of(new RunningServer(
                            process.get(), settings.get().port(), settings.get().jdbcUrl(DATABASE)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedServerException(name() + ": its files cannot be read: " + e, e);
        }
    }

    /** With SCRAM the server, too, proves that it knows this directory's generated password. */
    private static boolean answers(PostgresSettings settings) {
        try (Connection connection = connect(settings, DATABASE, ANSWER)) {
            return connection.isValid((int) ANSWER.toSeconds());
        } catch (SQLException noneOrNotReadyOrNotOurs) {
            return false;
        }
    }

    private static Connection connect(PostgresSettings settings, String database, Duration answer) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(answer.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
        return DriverManager.getConnection(settings.jdbcUrl(database), properties);
    }

    @Override
    public RunningServer start() throws IOException {
        PrivateFile.createDirectory(directory);
        for (ProcessHandle leftover : Processes.startedIn(cluster)) {
            end(leftover, LEFTOVER_STOP);
        }
        if (!Platform.IS_WINDOWS) { // where a leftover would not have been seen
            PostmasterPid.disown(cluster);
        }
        long logStart = log.end();
        PostgresSettings settings = PostgresSettings.read(directory)
                .orElseGet(() -> new PostgresSettings(FreePort.any(), Password.generate()));
        programs().initialise(settings.password());
        Deadline deadline = Deadline.in(RETRY);
        do {
            settings = new PostgresSettings(FreePort.preferably(settings.port()), settings.password());
            settings.write(directory);
            if (programs().start(settings.port(), durable)) {
                createDatabaseIfMissing(settings);
                return running().orElseThrow(() -> notStarted(logStart));
            }
        } while (isWorthRetrying(settings, logStart) && deadline.pause());
        throw notStarted(logStart);
    }

    /** Somebody was faster to take the port, or the last processes of a killed server have yet to notice. */
    private boolean isWorthRetrying(PostgresSettings settings, long logStart) throws IOException {
        return !FreePort.isFree(settings.port()) || log.since(logStart).contains("pre-existing shared memory block");
    }

    private EmbeddedServerException notStarted(long logStart) {
        try {
            return new EmbeddedServerException(name() + " did not start:\n" + log.since(logStart));
        } catch (IOException e) {
            return new EmbeddedServerException(name() + " did not start, and its log cannot be read", e);
        }
    }

    private void createDatabaseIfMissing(PostgresSettings settings) {
        try (Connection connection = connect(settings, "template1", CREATION);
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new EmbeddedServerException(name() + ": its database cannot be created: " + e.getMessage(), e);
        }
    }

    /** Returns the JDBC URL of a new, empty database of a running server. */
    String createDatabase(String database) {
        try {
            PostgresSettings settings = PostgresSettings.read(directory)
                    .orElseThrow(() -> new EmbeddedServerException(name() + " was never started"));
            try (Connection connection = connect(settings, DATABASE, CREATION);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + database);
                return settings.jdbcUrl(database);
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedServerException(name() + ": no database could be created: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop(RunningServer running) {
        try {
            end(running.process(), STOP);
        } catch (IOException e) {
            throw new EmbeddedServerException(name() + " could not be stopped: " + e, e);
        }
    }

    private void end(ProcessHandle process, Duration patience) throws IOException {
        // pg_ctl trusts the pid file, which may be stale and its pid somebody else's by now.
        boolean fileNamesIt = PostmasterPid.read(cluster).equals(Optional.of(process));
        if (process.isAlive() && fileNamesIt) {
            programs().stop(patience);
        }
        if (!Processes.awaitExit(process, fileNamesIt ? Duration.ofSeconds(2) : Duration.ZERO)) {
            Processes.kill(process, name());
        }
    }

    private synchronized PostgresPrograms programs() throws IOException {
        if (programs == null) {
            programs = new PostgresPrograms(
                    PostgresBinaries.extractTo(BinaryCache.directory(directory.resolve("binaries"))),
                    UnprivilegedUser.detect(),
                    directory,
                    cluster,
                    log.path());
        }
        return programs;
    }
}
