package dev.idem.admin.session;

import dev.idem.admin.checkup.CheckResult;
import dev.idem.admin.checkup.PolicyCheckup;
import dev.idem.admin.option.DurationConverter;
import dev.idem.admin.output.Format;
import dev.idem.admin.output.Json;
import dev.idem.admin.output.RecordColumns;
import dev.idem.admin.output.RecordJson;
import dev.idem.admin.output.RecordLines;
import dev.idem.admin.output.RecordOutput;
import dev.idem.admin.output.TerminalText;
import dev.idem.admin.settings.Settings;
import dev.idem.admin.settings.SettingsReader;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisStore;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that all commands share, and what they configure. */
public final class Session {
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String STANDARD = "-";

    private final Shell shell;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The service's configuration. Default: ./config.yml if there is one, else the environment.")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to show results: table (for people, the default) or json (for programs).")
    private Format format = Format.TABLE;

    @Option(
            names = "--actor",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Who runs this, for the audit trail. Default: the current user of the machine.")
    private @Nullable String actor;

    @Option(
            names = "--reason",
            scope = ScopeType.INHERIT,
            paramLabel = "TEXT",
            description = "Why, for the audit trail.")
    private @Nullable String reason;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description =
                    "How long to wait for a store: to connect, to log in, and for each answer of Redis. Default: 2s.")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure, for a bug report.")
    private boolean debug;

    /** Where the stores are, by their names, as soon as they were opened. */
    private Map<String, String> places = Map.of();

    public Session(Shell shell) {
        this.shell = shell;
    }

    public Shell shell() {
        return shell;
    }

    public boolean debug() {
        return debug;
    }

    /** The caller closes it. */
    public Stores openStores() {
        Settings read = settings().read(config());
        places = Map.of(
                RedisStore.NAME,
                read.redis().describe(),
                PostgresStore.NAME,
                read.database().describe());
        return new Stores(read, err(), patience());
    }

    /** The token for a running service's admin port, if it needs one. */
    public Optional<String> adminToken() {
        return settings().adminToken(config());
    }

    /** What the service's configuration promises less than it seems to. */
    public List<CheckResult> policies() {
        return new PolicyCheckup(settings().content(config()), settings().usualConsistency()).look();
    }

    private SettingsReader settings() {
        return new SettingsReader(shell.environment(), shell.directory());
    }

    private @Nullable Path config() {
        if (config != null && isStandard(config)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-c takes the name of a file. The standard input is for what a command asks for.");
        }
        return config;
    }

    private Duration patience() {
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--timeout is 1ms to 1h.");
        }
        return timeout;
    }

    /** Whether an option that takes a file means the standard output, or the standard input: {@code -}. */
    public boolean isStandard(Path file) {
        return file.toString().equals(STANDARD);
    }

    /** For long operations; shown at a terminal only. */
    public Progress progress(String what) {
        return new Progress(what, err(), shell.terminal().isPresent());
    }

    /** The audit trail. When it is unavailable the change was made all the same, and the operator is told. */
    public ActionLog actionLog(Stores stores) {
        return stores.actionLog(
                actor(),
                reason(),
                e -> warn("The audit trail has no event of this. " + sentence(UnavailableStore.of(e))));
    }

    /** Who runs the command. */
    public String actor() {
        return actor == null ? System.getProperty("user.name", "unknown") : actor;
    }

    /** Why. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** The standard output for a writer; closing it only flushes. */
    public Writer results() {
        return new FilterWriter(out()) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** Shows one of many results. */
    public void line(String text) {
        out().println(text);
        out().flush();
    }

    public boolean forPrograms() {
        return format == Format.JSON;
    }

    /**
     * Shows a result on the standard output, where nothing else goes.
     *
     * @param text for people
     * @param json for programs
     */
    public void show(String text, Record json) {
        out().println(forPrograms() ? new Json().of(json) : TerminalText.ofStyledLines(text.stripTrailing()));
        out().flush();
    }

    /** Tells programs, in a line of its own, why there is no result. People read it on the standard error. */
    public void showFailure(FailureView failure) {
        if (forPrograms()) {
            line(new Json().line(failure));
        }
    }

    /** As {@link #show}, but people are told that there is nothing only if that is certain. */
    public void showNothingFound(String text, Record json, boolean certain) {
        if (forPrograms() || certain) {
            show(text, json);
        }
    }

    /**
     * Writes a list of records on the standard output.
     *
     * @param columns for people
     */
    public RecordOutput recordOutput(RecordColumns columns) {
        return forPrograms() ? new RecordJson(out()) : new RecordLines(out(), columns, colours());
    }

    /** For people only: the JSON that follows has the same for programs. */
    public void say(String text) {
        if (format == Format.TABLE) {
            out().println(TerminalText.ofStyledLines(text.stripTrailing()));
            out().flush();
        }
    }

    /** Writes to the standard error, like everything that is no result. */
    public void warn(String sentence) {
        err().println(TerminalText.ofLines(sentence));
        err().flush();
    }

    public void warnOf(List<UnavailableStore> unavailable) {
        warnOf(unavailable, List.of());
    }

    /** Names what was left out. */
    public void warnOf(UnreadableRecords.Summary unreadable) {
        if (unreadable.none()) {
            return;
        }
        warn(unreadable.count() + (unreadable.count() == 1 ? " record" : " records") + " could not be read:");
        unreadable
                .records()
                .forEach(record -> warn("  " + record.store() + ": scope hash " + record.scopeHash()
                        + ", key '" + TerminalText.ofCell(record.key()) + "', record hash " + record.hash() + ": "
                        + TerminalText.ofCell(record.reason()) + '.'));
        if (unreadable.count() > unreadable.records().size()) {
            warn("  …");
        }
    }

    /** @param before those that the operator knows already */
    public void warnOf(List<UnavailableStore> unavailable, List<UnavailableStore> before) {
        unavailable.stream()
                .filter(store -> !before.contains(store))
                .map(this::sentence)
                .forEach(this::warn);
    }

    /** Which store is unavailable, where it is, why, and what to do. */
    public String sentence(UnavailableStore store) {
        return (unavailable(store) + ' ' + store.advice()).strip();
    }

    /** The same without what to do. */
    public String unavailable(UnavailableStore store) {
        String place = places.get(store.store());
        String subject = store.store() + (place == null ? "" : " (" + place + ")");
        return subject + (store.ofOneRecord() ? ": " : " " + store.verb() + ": ") + store.reason();
    }

    public ColorScheme colours() {
        return spec.commandLine().getColorScheme();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
