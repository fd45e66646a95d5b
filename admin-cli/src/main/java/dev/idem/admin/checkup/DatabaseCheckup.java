package dev.idem.admin.checkup;

import dev.idem.admin.stores.ServiceTables;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.probe.PostgresProbe;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.postgres.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** Examines PostgreSQL: whether it can be written, has its tables, keeps what it confirmed, and which store is authoritative. */
public final class DatabaseCheckup {
    static final String SUBJECT = "postgresql";
    private static final String FOLDER = "dev/idem/admin/checkup/";
    private static final int OLDEST = 140_000;

    private final DataSource database;
    private final Jdbi jdbi;

    public DatabaseCheckup(DataSource database, Jdbi jdbi) {
        this.database = database;
        this.jdbi = jdbi;
    }

    /** @throws RuntimeException of Jdbi or the schema if PostgreSQL is unavailable */
    public List<CheckResult> look() {
        List<CheckResult> findings = new ArrayList<>();
        List<String> pending = new Schema(database).pending();
        findings.add(schema(pending));
        if (pending.isEmpty()) {
            findings.addAll(attempt("writes", this::writes));
        }
        findings.addAll(attempt("latency", this::latency));
        findings.addAll(attempt("server", this::server));
        findings.addAll(attempt("defaults", this::defaults));
        if (pending.isEmpty()) {
            findings.addAll(attempt("permissions", this::permissions));
            findings.addAll(attempt("trust", this::trust));
            findings.addAll(attempt("stale", this::stale));
            findings.addAll(attempt("expired", this::expired));
            findings.addAll(attempt("partitions", this::partitions));
            findings.addAll(attempt("rollout", () -> List.of(RolloutCheckup.look(jdbi))));
        }
        return findings;
    }

    /** An application with the bundle has the idempotency tables and none of the service's. */
    private CheckResult schema(List<String> pendingForIdempotency) {
        Schema service = ServiceTables.in(database);
        List<String> pending = service.pending();
        if (pending.isEmpty()) {
            return CheckResult.ok(SUBJECT, "schema", "up to date");
        }
        int idempotency = new Schema(database).changes().size();
        if (pendingForIdempotency.isEmpty()
                && pending.size() == service.changes().size() - idempotency) {
            return CheckResult.ok(SUBJECT, "schema", "idempotency tables up to date, no tables of the service");
        }
        return CheckResult.error(SUBJECT, "schema", "lacks " + String.join(", ", pending), "run: idem-admin migrate");
    }

    private List<CheckResult> server() {
        return jdbi.withHandle(handle -> handle.createQuery(sql("server"))
                .map((row, context) -> server(
                        row.getString("version"),
                        row.getInt("number"),
                        row.getString("read_only"),
                        row.getString("synchronous_commit"),
                        row.getString("fsync")))
                .one());
    }

    private static List<CheckResult> server(String version, int number, String readOnly, String commit, String fsync) {
        return List.of(
                number < OLDEST
                        ? CheckResult.error(
                                SUBJECT, "version", version, "PostgreSQL 14 or newer is needed: upgrade it.")
                        : CheckResult.ok(SUBJECT, "version", version),
                readOnly.equals("off")
                        ? CheckResult.ok(SUBJECT, "writable", "yes")
                        : CheckResult.error(SUBJECT, "writable", "no", "Set database.url to the primary."),
                commit.equals("off")
                        ? CheckResult.warning(
                                SUBJECT,
                                "synchronous_commit",
                                commit,
                                "A crash may lose an answer that a client has: SET synchronous_commit = on.")
                        : CheckResult.ok(SUBJECT, "synchronous_commit", commit),
                fsync.equals("on")
                        ? CheckResult.ok(SUBJECT, "fsync", fsync)
                        : CheckResult.error(
                                SUBJECT, "fsync", fsync, "A crash may destroy the database: set fsync = on."));
    }

    /** A server that refuses one statement is examined by the others, each in a transaction of its own. */
    private static List<CheckResult> attempt(String check, Supplier<List<CheckResult>> look) {
        try {
            return look.get();
        } catch (RuntimeException e) {
            StoreUnavailableException failure =
                    PostgresFailures.forOperator(SUBJECT, e).orElseThrow(() -> e);
            if (!failure.reason().isRefusal() && !PostgresFailures.isAnswer(e)) {
                throw failure;
            }
            return List.of(CheckResult.error(SUBJECT, check, failure.why(), failure.advice()));
        }
    }

    private List<CheckResult> latency() {
        return jdbi.withHandle(handle -> List.of(Latency.of(
                SUBJECT, () -> handle.select("SELECT 1").mapTo(Integer.class).one())));
    }

    /** Nothing is left. */
    private List<CheckResult> writes() {
        new PostgresProbe(SUBJECT, jdbi).run();
        return List.of(CheckResult.ok(SUBJECT, "writes", "taken"));
    }

    /** What ALTER DATABASE, ALTER ROLE or the server's file have set for every session of this user. */
    private List<CheckResult> defaults() {
        List<String> differing = jdbi.withHandle(handle ->
                handle.createQuery(sql("defaults")).mapTo(String.class).list());
        return List.of(
                differing.isEmpty()
                        ? CheckResult.ok(SUBJECT, "defaults", "PostgreSQL's own")
                        : CheckResult.warning(
                                SUBJECT,
                                "defaults",
                                String.join(", ", differing),
                                "The layer's own transactions bring their isolation and timeouts. Atomic methods and the application's"
                                        + " other statements keep these defaults, and so does an idle session: see that they suit."));
    }

    private List<CheckResult> permissions() {
        List<String> lacking = new PostgresRights(SUBJECT, jdbi).lacking();
        return List.of(
                lacking.isEmpty()
                        ? CheckResult.ok(SUBJECT, "permissions", "all")
                        : CheckResult.error(
                                SUBJECT,
                                "permissions",
                                "lacks " + String.join(", ", lacking),
                                "GRANT these to the service's user: docs/operations.md has all that it needs."));
    }

    private List<CheckResult> trust() {
        boolean trusted = jdbi.withHandle(
                handle -> handle.createQuery(sql("trust")).mapTo(Boolean.class).one());
        return List.of(
                trusted
                        ? CheckResult.ok(SUBJECT, "trust", "Redis decides for fast routes")
                        : CheckResult.warning(
                                SUBJECT,
                                "trust",
                                "PostgreSQL decides for all routes",
                                "That is right while Redis is unavailable or failback is running. If this stays while a service runs,"
                                        + " look for 'refill' in its log."));
    }

    private List<CheckResult> stale() {
        long stale = count(jdbi, "stale");
        return List.of(
                stale == 0
                        ? CheckResult.ok(SUBJECT, "stale", "0")
                        : CheckResult.warning(
                                SUBJECT,
                                "stale",
                                Long.toString(stale),
                                "Owners have died. Repeats take over by themselves. To list them: idem-admin list --stale."));
    }

    private List<CheckResult> expired() {
        long over = count(jdbi, "expired");
        return List.of(
                over == 0
                        ? CheckResult.ok(SUBJECT, "expired", "0 for over an hour")
                        : CheckResult.warning(
                                SUBJECT,
                                "expired",
                                over + " for over an hour",
                                "Nobody deletes them: idem-admin purge."));
    }

    private List<CheckResult> partitions() {
        long there = count(jdbi, "partitions");
        return List.of(
                there == 2
                        ? CheckResult.ok(SUBJECT, "partitions", "of today and tomorrow")
                        : CheckResult.warning(
                                SUBJECT,
                                "partitions",
                                there + " of 2 for today and tomorrow",
                                "A running service creates them; until then events go to idempotency_events_other."));
    }

    private static long count(Jdbi jdbi, String statement) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql(statement)).mapTo(Long.class).one());
    }

    /** Microseconds since 1970 by its clock. */
    static long micros(Jdbi jdbi) {
        return count(jdbi, "clock");
    }

    private static String sql(String name) {
        return ClasspathSqlLocator.removingComments().locate(FOLDER + name);
    }
}
