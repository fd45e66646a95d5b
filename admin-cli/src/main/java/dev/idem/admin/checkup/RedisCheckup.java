package dev.idem.admin.checkup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.redis.RedisProbe;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.recovery.JournalGapRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Examines Redis: whether it takes writes on each node, whether it keeps records, and whether it can decide. On a cluster, what
 * INFO says is that of the node that answers.
 */
public final class RedisCheckup {
    static final String SUBJECT = "redis";
    private static final double OLDEST = 6.2;

    private final Supplier<UnifiedJedis> redis;
    private final String keyPrefix;

    public RedisCheckup(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /**
     * Examines it.
     *
     * @param ours false if it is another installation's; then nothing is written
     * @throws StoreUnavailableException if Redis does not answer
     */
    public List<CheckResult> look(boolean ours) {
        List<CheckResult> findings = new ArrayList<>(ours ? writes() : List.of());
        findings.addAll(attempt("latency", () -> List.of(Latency.of(SUBJECT, this::ping))));
        findings.addAll(server());
        findings.addAll(attempt("scripts", () -> List.of(scripts())));
        findings.addAll(attempt("arrears", () -> List.of(notes())));
        findings.addAll(attempt("clock", () -> List.of(ClockCheckup.ofRedis(this::micros))));
        return findings;
    }

    private static List<CheckResult> attempt(String check, Supplier<List<CheckResult>> look) {
        return Attempt.at(SUBJECT, check, () -> RedisFailures.translate(SUBJECT, look));
    }

    /** Whether it takes writes and allows every command that a node needs; nothing is left. */
    private List<CheckResult> writes() {
        return attempt("writes", () -> {
            new RedisProbe(redis, keyPrefix).run(true);
            return List.of(CheckResult.ok(SUBJECT, "writes", "taken, all commands allowed"));
        });
    }

    private void ping() {
        String unused = redis.get().ping();
    }

    /** What INFO says. The layer does not need it. */
    private List<CheckResult> server() {
        try {
            Map<String, String> info =
                    parse(RedisFailures.translate(SUBJECT, () -> redis.get().info()));
            return List.of(version(info), role(info), eviction(info), persistence(info));
        } catch (StoreUnavailableException e) {
            if (e.reason() != UnavailableReason.PERMISSION) {
                throw e;
            }
            return List.of(CheckResult.warning(
                    SUBJECT,
                    "info",
                    e.why(),
                    "Version, role, eviction and persistence are not checked. Allow INFO to the user in redis.url (REDIS_URL), or"
                            + " see that maxmemory-policy is noeviction."));
        }
    }

    private static Map<String, String> parse(String info) {
        Map<String, String> values = new LinkedHashMap<>();
        info.lines()
                .map(line -> line.split(":", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0], pair[1].strip()));
        return values;
    }

    private static CheckResult version(Map<String, String> info) {
        String version = info.getOrDefault("redis_version", "unknown");
        String[] parts = version.split("\\.", 3);
        boolean known = parts.length > 1 && version.matches("\\d{1,4}\\.\\d{1,4}.*");
        return known && Double.parseDouble(parts[0] + '.' + parts[1]) >= OLDEST
                ? CheckResult.ok(SUBJECT, "version", version)
                : CheckResult.error(
                        SUBJECT, "version", version, "Redis 6.2 or newer is needed, or Valkey: upgrade it.");
    }

    private static CheckResult role(Map<String, String> info) {
        String role = info.getOrDefault("role", "unknown");
        return role.equals("master")
                ? CheckResult.ok(SUBJECT, "role", role)
                : CheckResult.error(SUBJECT, "role", role, "Replicas refuse writes: set redis.url to the primary.");
    }

    private static CheckResult eviction(Map<String, String> info) {
        String policy = info.getOrDefault("maxmemory_policy", "unknown");
        String seen = policy + ", maxmemory " + info.getOrDefault("maxmemory_human", "unknown") + ", evicted "
                + info.getOrDefault("evicted_keys", "unknown");
        if (policy.equals("noeviction")) {
            return CheckResult.ok(SUBJECT, "eviction", seen);
        }
        String advice = "Redis may evict records early, and their requests execute again:"
                + " CONFIG SET maxmemory-policy noeviction, and in redis.conf.";
        return info.getOrDefault("maxmemory", "").equals("0")
                ? CheckResult.warning(SUBJECT, "eviction", seen, "Once maxmemory is set: " + advice)
                : CheckResult.error(SUBJECT, "eviction", seen, advice);
    }

    private static CheckResult persistence(Map<String, String> info) {
        boolean log = info.getOrDefault("aof_enabled", "0").equals("1");
        String seen = "append-only file " + (log ? "on" : "off") + ", last snapshot "
                + info.getOrDefault("rdb_last_bgsave_status", "unknown");
        if (!info.getOrDefault("aof_last_write_status", "ok").equals("ok")) {
            return CheckResult.error(
                    SUBJECT, "persistence", seen, "It cannot write its append-only file: check its disk.");
        }
        return log
                ? CheckResult.ok(SUBJECT, "persistence", seen)
                : CheckResult.warning(
                        SUBJECT,
                        "persistence",
                        seen,
                        "A restart loses decisions that the journal has not written yet: CONFIG SET appendonly yes.");
    }

    private CheckResult scripts() {
        RecordId nobody = new RecordId(new Scope("doctor"), UUID.randomUUID().toString());
        boolean unusedFound =
                new RedisRecords(redis, keyPrefix).find(nobody).isPresent(); // throws if it may not run a script
        return CheckResult.ok(SUBJECT, "scripts", "run");
    }

    private CheckResult notes() {
        int nodes = new JournalGapRegistry(redis, keyPrefix).notes().byNode().size();
        return nodes == 0
                ? CheckResult.ok(SUBJECT, "arrears", "none")
                : CheckResult.warning(
                        SUBJECT,
                        "arrears",
                        nodes + " nodes",
                        "PostgreSQL lacks leases that these granted; a running service adds them. If this stays: idem-admin"
                                + " reconcile --repair.");
    }

    /** Microseconds since 1970 by its clock. */
    private long micros() {
        List<?> time = (List<?>) redis.get()
                .eval(
                        "return redis.call('TIME')".getBytes(US_ASCII),
                        List.of((keyPrefix + "{0}:doctor").getBytes(US_ASCII)),
                        List.of());
        return Long.parseLong(new String((byte[]) time.get(0), US_ASCII)) * 1_000_000
                + Long.parseLong(new String((byte[]) time.get(1), US_ASCII));
    }
}
