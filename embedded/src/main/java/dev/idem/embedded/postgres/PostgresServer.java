package dev.idem.embedded.postgres;

import dev.idem.embedded.file.BinaryCache;
import dev.idem.embedded.file.LogFile;
import dev.idem.embedded.file.Password;
import dev.idem.embedded.file.PrivateFile;
import dev.idem.embedded.process.Deadline;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.FreePort;
import dev.idem.embedded.process.Platform;
import dev.idem.embedded.process.Processes;
import dev.idem.embedded.process.RunningServer;
import dev.idem.embedded.process.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL with all its files in one directory, and with one database. */
public final class PostgresServer implements Server {

    public static final String KIND = "postgres";
    static final String SUPERUSER = "postgres";
    static final String DATABASE = "idem";
    /** Where PostgreSQL itself copies a new database from. */
    private static final String EMPTY = "template1";

    private static final String CLUSTER = "data";
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LEFTOVER_STOP = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path directory;
    private final Path cluster;
    private final boolean durable;
    private final LogFile log;

    private @Nullable PostgresPrograms programs;

    /** @param durable whether committed data must survive a crash of the machine */
    public PostgresServer(Path directory, boolean durable) {
        this.directory = directory;
        this.cluster = directory.resolve(CLUSTER);
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
            return settings.isPresent() && process.isPresent() && new PostgresClient(settings.get()).answers()
                    ? Optional.of(new RunningServer(
                            process.get(), settings.get().port(), settings.get().jdbcUrl(DATABASE)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedServerException(name() + ": its files cannot be read: " + e, e);
        }
    }

    @Override
    public RunningServer start() throws IOException {
        PrivateFile.createDirectory(directory);
        for (ProcessHandle leftover : processes(directory)) {
            end(leftover, LEFTOVER_STOP);
        }
        if (!Platform.IS_WINDOWS) { // where a leftover would not have been seen
            PostmasterPid.disown(cluster);
        }
        long logStart = log.end();
        PostgresSettings settings = initialised();
        Deadline deadline = Deadline.in(RETRY);
        do {
            settings = new PostgresSettings(FreePort.preferably(settings.port()), settings.password());
            settings.write(directory);
            if (programs().start(settings.port(), durable)) {
                return prepared(settings, logStart);
            }
        } while (isWorthRetrying(settings, logStart) && deadline.pause());
        throw notStarted(logStart);
    }

    private PostgresSettings initialised() throws IOException {
        Optional<PostgresSettings> earlier = PostgresSettings.read(directory);
        if (!durable && earlier.isEmpty()) {
            return new PostgresSettings(FreePort.any(), programs().copyTemplate());
        }
        PostgresSettings settings = earlier.orElseGet(() -> new PostgresSettings(FreePort.any(), Password.generate()));
        programs().initialise(settings.password());
        return settings;
    }

    /** Another process has taken the port meanwhile, or the last processes of a killed server have not ended yet. */
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

    private RunningServer prepared(PostgresSettings settings, long logStart) throws IOException {
        boolean prepared = false;
        try {
            new PostgresClient(settings).createDatabaseIfMissing(DATABASE);
            RunningServer running = running().orElseThrow(() -> notStarted(logStart));
            prepared = true;
            return running;
        } catch (SQLException e) {
            throw new EmbeddedServerException(name() + ": its database cannot be created: " + e.getMessage(), e);
        } finally {
            if (!prepared) {
                programs().stop(STOP);
            }
        }
    }

    /** Creates an empty database on a running server, and returns its JDBC URL. */
    public String createDatabase(String name) {
        return createCopy(name, EMPTY);
    }

    /** Creates a copy of another database, which must have no connections, and returns the copy's JDBC URL. */
    public String createCopy(String name, String template) {
        try {
            PostgresSettings settings = settings();
            new PostgresClient(settings).createCopy(name, template);
            return settings.jdbcUrl(name);
        } catch (IOException | SQLException e) {
            throw new EmbeddedServerException(name() + ": no database could be created: " + e.getMessage(), e);
        }
    }

    private PostgresSettings settings() throws IOException {
        return PostgresSettings.read(directory)
                .orElseThrow(() -> new EmbeddedServerException(name() + " was never started"));
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
        // pg_ctl trusts the pid file, which may be old, and its pid may now be another program's.
        boolean fileNamesIt = PostmasterPid.read(cluster).equals(Optional.of(process));
        if (process.isAlive() && fileNamesIt) {
            programs().stop(patience);
        }
        if (!Processes.awaitExit(process, fileNamesIt ? Duration.ofSeconds(2) : Duration.ZERO)) {
            Processes.kill(process, name());
        }
    }

    /** All processes, whether they respond or not. */
    public static List<ProcessHandle> processes(Path directory) {
        return Processes.of(
                PostgresPrograms.SERVER, "-D", directory.resolve(CLUSTER).toString());
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
