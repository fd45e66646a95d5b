package dev.idem.admin.command;

import dev.idem.admin.checkup.CheckResult;
import dev.idem.admin.checkup.ClockCheckup;
import dev.idem.admin.checkup.DatabaseCheckup;
import dev.idem.admin.checkup.RedisCheckup;
import dev.idem.admin.checkup.ServiceCheckup;
import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.stores.StoreException;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.connect.RedactingJdbi;
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

/** Looks at everything that has to be well. */
@Command(
        name = "doctor",
        header = "Examine the stores, and say what to do about what is wrong.",
        description = {
            "%nLooks at connections, latency, versions, the schema, permissions, Redis's eviction and persistence, clocks,"
                    + " who decides, and what is left lying about. Changes nothing. The exit code is 0 when there is no"
                    + " error, and 1 when there is one; warnings do not count.",
            "%nA breaker is a node's own: to see it, name that node's admin port."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin doctor", "  idem-admin doctor --service http://127.0.0.1:3002 -o json"})
final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern HTTP = Pattern.compile("https?://.+");

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "A running service's admin port; it is asked with ADMIN_TOKEN if that is set.")
    private @Nullable URI service;

    DoctorCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(boolean healthy, List<CheckResult> findings) {}

    @Override
    public Integer call() {
        requireSense();
        List<CheckResult> findings = new ArrayList<>();
        try (Stores stores = session.openStores()) {
            findings.addAll(asked(
                    "redis",
                    () -> stores.withRedis((redis, prefix) -> {
                        List<CheckResult> here = new ArrayList<>(new RedisCheckup(redis, prefix).look());
                        here.add(ClockCheckup.ofRedis(redis, prefix));
                        return here;
                    })));
            findings.addAll(asked(
                    "postgresql",
                    () -> stores.withDatabase(database -> {
                        Jdbi jdbi = RedactingJdbi.on(database);
                        List<CheckResult> here = new ArrayList<>(new DatabaseCheckup(database, jdbi).look());
                        here.add(ClockCheckup.ofDatabase(jdbi));
                        return here;
                    })));
        }
        if (service != null) {
            findings.addAll(new ServiceCheckup(service, session.adminToken(), PATIENCE).look());
        }
        boolean healthy = findings.stream().noneMatch(finding -> finding.level() == CheckResult.Level.ERROR);
        session.show(text(findings, healthy), new Result(healthy, findings));
        return healthy ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void requireSense() {
        if (service != null
                && (service.getHost() == null
                        || !HTTP.matcher(service.toString()).matches())) {
            throw new ParameterException(
                    spec.commandLine(), "--service is the URL of an admin port, such as http://127.0.0.1:3002.");
        }
    }

    private static List<CheckResult> asked(String subject, Supplier<List<CheckResult>> checkup) {
        try {
            return checkup.get();
        } catch (StoreException e) {
            return List.of(new CheckResult(
                    CheckResult.Level.ERROR, subject, "connection", String.valueOf(e.getMessage()), "Then ask again."));
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
