package dev.idem.chaos;

import static dev.idem.chaos.check.Consistency.FAST;
import static dev.idem.chaos.check.Consistency.STRICT;
import static dev.idem.chaos.history.Workload.ATOMIC;
import static dev.idem.chaos.history.Workload.PLAIN;

import dev.idem.chaos.check.Consistency;
import dev.idem.chaos.check.Rule;
import dev.idem.chaos.history.Workload;
import dev.idem.chaos.run.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A check taken out of a script or a statement, and the rule that must be seen to fall with it. */
enum Mutation {
    REDIS_COMPLETES_FOR_ANYBODY(
            FAST,
            "redis/complete.lua",
            "if not value or string.byte(value, 1) ~= 1 or string.sub(value, 3, 18) ~= ARGV[1] then",
            "if not value or string.byte(value, 1) ~= 1 then",
            Scenario.LATE_OWNER,
            PLAIN,
            Rule.SAME_ANSWER),
    REDIS_DECIDES_WITHOUT_A_MARKER(
            FAST,
            "redis/claim.lua",
            "if held[1] ~= generation then",
            // While it is taught, the script is run on a marker and has to refuse.
            "if KEYS[1] == KEYS[2] then",
            Scenario.REDIS_FLUSHED,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT),
    REDIS_TAKES_OVER_FROM_THE_LIVING(
            FAST,
            "redis/claim.lua",
            "if now - heartbeat <= heldTimeout * 1000 then",
            "if false then",
            Scenario.SLOW_OWNER,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT),
    REDIS_FORGETS_HEARTBEATS(
            FAST,
            "redis/renew.lua",
            "redis.call('SETRANGE', KEYS[1], 70, struct.pack('>I8', time[1] * 1000000 + time[2]))",
            "",
            Scenario.SLOW_OWNER,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT),
    POSTGRES_GRANTS_EVERY_CLAIM(
            STRICT,
            "postgres/claim.sql",
            "WHERE held.expires_at <= clock_timestamp()",
            "WHERE true OR held.expires_at <= clock_timestamp()",
            Scenario.SLOW_OWNER,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT),
    POSTGRES_COMPLETES_FOR_ANYBODY(
            STRICT, "postgres/complete.sql", " AND owner = :owner", "", Scenario.LATE_OWNER, PLAIN, Rule.SAME_ANSWER),
    POSTGRES_FORGETS_HEARTBEATS(
            STRICT,
            "postgres/renew.sql",
            "SET heartbeat_at = clock_timestamp(),",
            "SET heartbeat_at = heartbeat_at,",
            Scenario.SLOW_OWNER,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT),
    TRANSACTIONS_COMPLETE_FOR_ANYBODY(
            STRICT,
            "postgres/complete_atomically.sql",
            "WHERE held.expires_at <= clock_timestamp()",
            "WHERE true OR held.expires_at <= clock_timestamp()",
            Scenario.LATE_OWNER,
            ATOMIC,
            Rule.ONE_ATOMIC_EFFECT),
    THE_JOURNAL_TELLS_NOTHING_NEW(
            FAST,
            "postgres/merge.sql",
            "WHERE (NOT entry.only_if_known",
            "WHERE ((false AND NOT entry.only_if_known)",
            Scenario.REDIS_KILLED,
            PLAIN,
            Rule.ONE_PLAIN_EFFECT);

    private static final String FOLDER = "dev/idem/";

    private final Consistency consistency;
    private final String resource;
    private final String check;
    private final String replacement;
    private final Scenario scenario;
    private final Workload workload;
    private final Rule rule;

    /**
     * @param resource a store's, below our packages
     * @param check what stands there once
     * @param replacement what stands there instead
     * @param scenario that must not end well without the check
     * @param rule that it must violate then
     */
    Mutation(
            Consistency consistency,
            String resource,
            String check,
            String replacement,
            Scenario scenario,
            Workload workload,
            Rule rule) {
        this.consistency = consistency;
        this.resource = FOLDER + resource;
        this.check = check;
        this.replacement = replacement;
        this.scenario = scenario;
        this.workload = workload;
        this.rule = rule;
    }

    Consistency consistency() {
        return consistency;
    }

    Scenario scenario() {
        return scenario;
    }

    Workload workload() {
        return workload;
    }

    Rule rule() {
        return rule;
    }

    /**
     * Writes the changed resource below the folder, which then goes first on the class path.
     *
     * @throws IllegalStateException if the check does not stand in the resource once: the mutation must follow the code
     */
    void writeTo(Path folder) throws IOException {
        String original = original();
        int at = original.indexOf(check);
        if (at < 0 || original.indexOf(check, at + 1) >= 0) {
            throw new IllegalStateException(this + " no longer fits " + resource);
        }
        Path file = folder.resolve(resource);
        Files.createDirectories(file.getParent());
        Files.writeString(file, original.replace(check, replacement));
    }

    private String original() {
        try (InputStream in = Objects.requireNonNull(
                Mutation.class.getClassLoader().getResourceAsStream(resource), () -> "there is no " + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
