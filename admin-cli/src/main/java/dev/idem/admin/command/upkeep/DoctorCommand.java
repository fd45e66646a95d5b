package dev.idem.admin.command.upkeep;

import dev.idem.admin.checkup.CheckResult;
import dev.idem.admin.checkup.ClockCheckup;
import dev.idem.admin.checkup.DatabaseCheckup;
import dev.idem.admin.checkup.InstallationCheckup;
import dev.idem.admin.checkup.RedisCheckup;
import dev.idem.admin.checkup.ServiceCheckup;
import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.SchemaException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Examines both stores. */
@Command(
        name = "doctor",
        header = "Examine the stores, and say what to do about problems.",
        description = {
            "%nWrites a reserved record to each store and reads it back; nothing is left. Examines connections, latency, versions,"
                    + " the schema, permissions, clocks, and Redis's eviction and persistence. Says what the defaults of a"
                    + " database or a role differ in, and which store is authoritative. Finds policies that are strict and open,"
                    + " and records that nobody cleans up. The exit code is 1 when"
                    + " there is an error, and 0 otherwise; warnings do not count.",
            "%nEach node has circuit breakers of its own: to see them, name that node's admin port with --service."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin doctor", "  idem-admin doctor --service http://127.0.0.1:3002 -o json"})
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern HTTP = Pattern.compile("https?://.+");

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "A running service's admin port. ADMIN_TOKEN is sent if it is set.")
    private @Nullable URI service;

    public DoctorCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(boolean healthy, List<CheckResult> findings) {}

    @Override
    public Integer call() {
        requireUrl();
        List<CheckResult> findings = new ArrayList<>();
        try (Stores stores = session.openStores()) {
            List<CheckResult> owner = installation(stores);
            boolean ours = isSound(owner);
            findings.addAll(examined(
                    "redis", () -> stores.withRedis((redis, prefix) -> new RedisCheckup(redis, prefix).look(ours))));
            findings.addAll(owner);
            findings.addAll(examined(
                    "postgresql",
                    () -> stores.withDatabase(database -> {
                        Jdbi jdbi = StoreJdbi.on(database);
                        List<CheckResult> here = new ArrayList<>(new DatabaseCheckup(database, jdbi).look());
                        here.add(ClockCheckup.ofDatabase(jdbi));
                        return here;
                    })));
        }
        findings.addAll(session.policies());
        if (service != null) {
            findings.addAll(new ServiceCheckup(service, session.adminToken(), PATIENCE).look());
        }
        boolean healthy = isSound(findings);
        session.show(text(findings, healthy), new Result(healthy, findings));
        return healthy ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isSound(List<CheckResult> findings) {
        return findings.stream().noneMatch(finding -> finding.level() == CheckResult.Level.ERROR);
    }

    /** Needs both stores; what is wrong with one of them is a finding of its own. */
    private static List<CheckResult> installation(Stores stores) {
        try {
            return stores.withDatabase(unused -> new InstallationCheckup(stores.adoption()).look());
        } catch (StoreUnavailableException | SchemaException e) {
            return List.of();
        }
    }

    private void requireUrl() {
        if (service != null
                && (service.getHost() == null
                        || !HTTP.matcher(service.toString()).matches())) {
            throw new ParameterException(
                    spec.commandLine(), "--service is the URL of an admin port, such as http://127.0.0.1:3002.");
        }
    }

    /** An unavailable store is a finding: the other one is examined all the same. */
    private List<CheckResult> examined(String subject, Supplier<List<CheckResult>> checkup) {
        try {
            return checkup.get();
        } catch (StoreUnavailableException e) {
            UnavailableStore store = UnavailableStore.of(e);
            return List.of(new CheckResult(
                    CheckResult.Level.ERROR, subject, "connection", session.unavailable(store), store.advice()));
        } catch (SchemaException e) {
            return List.of(
                    new CheckResult(CheckResult.Level.ERROR, subject, "schema", String.valueOf(e.getMessage()), ""));
        }
    }

    private String text(List<CheckResult> findings, boolean healthy) {
        Table table = new Table(session.colours(), List.of("", "WHAT", "CHECK", "SEEN"));
        findings.forEach(finding -> table.row(List.of(
                new Cell(finding.level().name().toLowerCase(Locale.ROOT), finding.level() == CheckResult.Level.ERROR),
                Cell.of(finding.subject()),
                Cell.of(finding.check()),
                Cell.of(finding.seen()))));
        StringBuilder text = new StringBuilder(table.toString());
        findings.stream()
                .filter(finding -> !finding.advice().isEmpty())
                .forEach(finding -> text.append(
                        String.format("%n%s %s: %s", finding.subject(), finding.check(), finding.advice())));
        return text.append(String.format("%n%s", healthy ? "No errors." : "There are errors."))
                .toString();
    }
}
