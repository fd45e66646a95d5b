package dev.idem.admin.command;

import dev.idem.admin.output.Format;
import dev.idem.admin.output.Json;
import dev.idem.admin.settings.SettingsReader;
import dev.idem.admin.stores.StoreException;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that every command has, and what a command works with because of them. */
public final class Session {
    private static final Duration LONGEST = Duration.ofHours(1);

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
            description = "Who does this, for the audit trail. Default: the user of this machine.")
    private @Nullable String actor;

    @Option(
            names = "--reason",
            scope = ScopeType.INHERIT,
            paramLabel = "TEXT",
            description = "Why it is done, for the audit trail.")
    private @Nullable String reason;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description = "How long to wait for a store: to connect, and for each answer of Redis. Default: 2s.")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where a failure happened in the program, for a bug report.")
    private boolean debug;

    public Session(Shell shell) {
        this.shell = shell;
    }

    Shell shell() {
        return shell;
    }

    boolean debug() {
        return debug;
    }

    /** The caller closes it. */
    Stores openStores() {
        return new Stores(settings().read(config), err(), patience());
    }

    /** What a running service's admin port is asked with, if it asks for anything. */
    Optional<String> adminToken() {
        return settings().adminToken(config);
    }

    private SettingsReader settings() {
        return new SettingsReader(shell.environment(), shell.directory());
    }

    private Duration patience() {
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--timeout is 1ms to 1h.");
        }
        return timeout;
    }

    /** For what may take a while; shown at a terminal only. */
    Progress progress(String what) {
        return new Progress(what, err(), shell.terminal().isPresent());
    }

    /** Notes in the audit trail what was done. What cannot be noted was done all the same, and the operator is told. */
    void audit(Stores stores, Consumer<OperatorActions> deed) {
        try {
            Object unused = stores.withDatabase(database -> {
                deed.accept(new OperatorActions(
                        new AuditEventTable(RedactingJdbi.on(database)), "idem-admin", actor(), reason()));
                return database;
            });
        } catch (StoreException e) {
            warn("The audit trail was not told of this. " + e.getMessage());
        }
    }

    /** Who gives the command. */
    String actor() {
        return actor == null ? System.getProperty("user.name", "unknown") : actor;
    }

    /** Why it is given. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Where results go that are written by somebody else; closing it does nothing but flush. */
    Writer results() {
        return new FilterWriter(out()) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** Shows one of many results, which come one by one. */
    void line(String text) {
        out().println(text);
        out().flush();
    }

    boolean forPrograms() {
        return format == Format.JSON;
    }

    /**
     * Shows a result on the standard output, where nothing else goes.
     *
     * @param text for people
     * @param json for programs
     */
    void show(String text, Record json) {
        out().println(format == Format.JSON ? new Json().of(json) : text.stripTrailing());
        out().flush();
    }

    /** As {@link #show}, but a person is told nothing if no store was there to answer: the warnings say it all. */
    void showAnswers(StoreReplies<?> survey, String text, Record json) {
        if (format == Format.JSON || !survey.answers().isEmpty()) {
            show(text, json);
        }
    }

    /** For people only: a program finds the same in the JSON that follows. */
    void say(String text) {
        if (format == Format.TABLE) {
            out().println(text.stripTrailing());
            out().flush();
        }
    }

    /** Whatever is no result goes to the standard error. */
    void warn(String sentence) {
        err().println(sentence);
        err().flush();
    }

    void warnOfUnavailable(StoreReplies<?> survey) {
        survey.unavailable().stream().map(UnavailableStore::reason).forEach(this::warn);
    }

    /** Of those only that could still be asked before. */
    void warnOfUnavailable(StoreReplies<?> survey, StoreReplies<?> before) {
        survey.unavailable().stream()
                .filter(store -> !before.unavailable().contains(store))
                .map(UnavailableStore::reason)
                .forEach(this::warn);
    }

    ColorScheme colours() {
        return spec.commandLine().getColorScheme();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
