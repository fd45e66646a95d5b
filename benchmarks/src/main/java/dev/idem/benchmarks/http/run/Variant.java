package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.load.KeyPattern;
import dev.idem.benchmarks.http.server.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is compared: a server, and what it is sent. */
public enum Variant {
    UNPROTECTED(Target.UNPROTECTED, KeyPattern.NEW, false, "the resource alone: what everything is compared with"),
    OFF(Target.SWITCHED_OFF, KeyPattern.NEW, false, "the layer installed and switched off"),
    HAND_WRITTEN(Target.HAND_WRITTEN, KeyPattern.NEW, true, "a 40-line filter: two scripts in Redis and nothing else"),
    NEW_KEYS(Target.FAST, KeyPattern.NEW, true, "protected, each request with a new key"),
    REPEATS(Target.FAST, KeyPattern.REPEATS, false, "protected, all requests repeats"),
    NEAR_NEW_KEYS(Target.NEAR_CACHE, KeyPattern.NEW, true, "protected, with a near cache, each request with a new key"),
    NEAR_REPEATS(Target.NEAR_CACHE, KeyPattern.REPEATS, false, "protected, with a near cache, all requests repeats"),
    HALF_REPEATS(Target.FAST, KeyPattern.HALF_REPEATS, false, "protected, half of the requests repeats"),
    RACING(Target.FAST, KeyPattern.SIXTEEN, false, "protected, 16 requests for each key, one after the other"),
    NO_KEY(Target.FAST, KeyPattern.NO_KEY, true, "protected by the second layer: no key, no two requests alike"),
    STRICT(Target.STRICT, KeyPattern.NEW, true, "protected, PostgreSQL decides"),
    ATOMIC(Target.ATOMIC, KeyPattern.NEW, true, "protected, the record completed in the request's own transaction"),
    REDIS_DOWN(Target.REDIS_DOWN, KeyPattern.NEW, true, "protected, nobody listens at Redis's address");

    private final Target target;
    private final KeyPattern keys;
    private final boolean races;
    private final String description;

    Variant(Target target, KeyPattern keys, boolean races, String description) {
        this.target = target;
        this.keys = keys;
        this.races = races;
        this.description = description;
    }

    /** In words of the command line and the report. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Variant::word).toList();
    }

    Target target() {
        return target;
    }

    KeyPattern keys() {
        return keys;
    }

    /** Whether duplicates that race are a question to ask it. */
    boolean races() {
        return races;
    }

    /** Whether its requests wait for PostgreSQL's disk: then it can do so much less that no rate suits it and the others. */
    boolean waitsForDisk() {
        return switch (target) {
            case STRICT, ATOMIC, REDIS_DOWN -> true;
            case UNPROTECTED, SWITCHED_OFF, HAND_WRITTEN, FAST, NEAR_CACHE -> false;
        };
    }

    public String description() {
        return description;
    }
}
