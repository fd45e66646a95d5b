package dev.idem.admin.checkup;

import dev.idem.admin.stores.ServiceTables;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.probe.PostgresProbe;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.postgres.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
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
        jdbi.useHandle(handle -> {
            findings.add(Latency.of(
                    SUBJECT,
                    () -> handle.select("SELECT 1").mapTo(Integer.class).one()));
            findings.addAll(server(handle));
            findings.add(defaults(handle));
            if (pending.isEmpty()) {
                findings.addAll(attempt("permissions", this::permissions));
                findings.addAll(attempt("trust", () -> trust(handle)));
                findings.addAll(attempt("stale", () -> stale(handle)));
                findings.addAll(attempt("expired", () -> expired(handle)));
                findings.addAll(attempt("partitions", () -> partitions(handle)));
            }
        });
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

    private static List<CheckResult> server(Handle handle) {
        return handle.createQuery(sql("server"))
                .map((row, context) -> server(
                        row.getString("version"),
                        row.getInt("number"),
                        row.getString("read_only"),
                        row.getString("synchronous_commit"),
                        row.getString("fsync")))
                .one();
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

    private static List<CheckResult> attempt(String check, Supplier<CheckResult> look) {
        return Attempt.at(SUBJECT, check, () -> List.of(PostgresFailures.translate(SUBJECT, look)));
    }

    /** Nothing is left. */
    private CheckResult writes() {
        new PostgresProbe(SUBJECT, jdbi).run();
        return CheckResult.ok(SUBJECT, "writes", "taken");
    }

    /** What ALTER DATABASE, ALTER ROLE or the server's file have set for every session of this user. */
    private static CheckResult defaults(Handle handle) {
        List<String> differing =
                handle.createQuery(sql("defaults")).mapTo(String.class).list();
        return differing.isEmpty()
                ? CheckResult.ok(SUBJECT, "defaults", "PostgreSQL's own")
                : CheckResult.warning(
                        SUBJECT,
                        "defaults",
                        String.join(", ", differing),
                        "The layer's own transactions bring their isolation and timeouts. Atomic methods and the application's"
                                + " other statements keep these defaults, and so does an idle session: see that they suit.");
    }

    private CheckResult permissions() {
        List<String> lacking = new PostgresRights(SUBJECT, jdbi).lacking();
        return lacking.isEmpty()
                ? CheckResult.ok(SUBJECT, "permissions", "all")
                : CheckResult.error(
                        SUBJECT,
                        "permissions",
                        "lacks " + String.join(", ", lacking),
                        "GRANT these to the service's user: docs/operations.md has all that it needs.");
    }

    private static CheckResult trust(Handle handle) {
        boolean trusted = handle.createQuery(sql("trust")).mapTo(Boolean.class).one();
        return trusted
                ? CheckResult.ok(SUBJECT, "trust", "Redis decides for fast routes")
                : CheckResult.warning(
                        SUBJECT,
                        "trust",
                        "PostgreSQL decides for all routes",
                        "That is right while Redis is unavailable or failback is running. If this stays while a service runs,"
                                + " look for 'refill' in its log.");
    }

    private static CheckResult stale(Handle handle) {
        long stale = count(handle, "stale");
        return stale == 0
                ? CheckResult.ok(SUBJECT, "stale", "0")
                : CheckResult.warning(
                        SUBJECT,
                        "stale",
                        Long.toString(stale),
                        "Owners have died. Repeats take over by themselves. To list them: idem-admin list --stale.");
    }

    private static CheckResult expired(Handle handle) {
        long over = count(handle, "expired");
        return over == 0
                ? CheckResult.ok(SUBJECT, "expired", "0 for over an hour")
                : CheckResult.warning(
                        SUBJECT, "expired", over + " for over an hour", "Nobody deletes them: idem-admin purge.");
    }

    private static CheckResult partitions(Handle handle) {
        long there = count(handle, "partitions");
        return there == 2
                ? CheckResult.ok(SUBJECT, "partitions", "of today and tomorrow")
                : CheckResult.warning(
                        SUBJECT,
                        "partitions",
                        there + " of 2 for today and tomorrow",
                        "A running service creates them; until then events go to idempotency_events_other.");
    }

    private static long count(Handle handle, String statement) {
        return handle.createQuery(sql(statement)).mapTo(Long.class).one();
    }

    /** Microseconds since 1970 by its clock. */
    static long micros(Jdbi jdbi) {
        return jdbi.withHandle(handle -> count(handle, "clock"));
    }

    private static String sql(String name) {
        return ClasspathSqlLocator.removingComments().locate(FOLDER + name);
    }
}
