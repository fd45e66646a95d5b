package dev.idem.ops.scale;

import java.util.List;
import java.util.Set;

/**
 * One command of the tool.
 *
 * @param arguments of the tool; {@link #KEY} stands for a key that is stored
 * @param exitCodes those of success
 * @param always whether it runs in each build, or nightly only
 */
record Row(Growth growth, List<String> arguments, Set<Integer> exitCodes, boolean always) {
    static final String KEY = "KEY";
    private static final Set<Integer> DONE = Set.of(0);
    private static final Set<Integer> DONE_OR_NOTHING_FOUND = Set.of(0, 3);
    private static final Set<Integer> DONE_OR_FINDINGS = Set.of(0, 1);
    private static final Set<Integer> DONE_OR_NOT_FOUND_IN_A_PART = Set.of(0, 1, 3);

    /** What the table of docs/capacity.md has. */
    static final List<Row> ALL = List.of(
            new Row(Growth.CONSTANT, List.of("list", "--stale"), DONE_OR_NOTHING_FOUND, true),
            new Row(Growth.CONSTANT, List.of("clear-stale", "--dry-run"), DONE_OR_NOTHING_FOUND, false),
            new Row(Growth.BOUNDED, List.of("inspect", "--scope", "user:large"), DONE, true),
            new Row(Growth.BOUNDED, List.of("inspect", "--scope", "user:large", "--path", "/orders"), DONE, false),
            new Row(
                    Growth.BOUNDED,
                    List.of("inspect", "--scope", "user:large", "--path", "/nowhere"),
                    DONE_OR_NOT_FOUND_IN_A_PART,
                    false),
            new Row(Growth.CONSTANT, List.of("inspect", KEY), DONE, true),
            new Row(Growth.BOUNDED, List.of("inspect", "sent-by-nobody"), DONE_OR_NOT_FOUND_IN_A_PART, false),
            new Row(Growth.CONSTANT, List.of("doctor"), DONE_OR_FINDINGS, false),
            new Row(Growth.CONSTANT, List.of("stats"), DONE, false),
            new Row(Growth.LINEAR, List.of("stats", "--exact", "--within", "5m"), DONE, false),
            linear("reconcile", "--rate", "1000000"),
            linear("-o", "json", "list", "--limit", "2000000"));

    static Row linear(String... arguments) {
        return new Row(Growth.LINEAR, List.of(arguments), DONE, true);
    }

    String name() {
        return String.join(" ", arguments);
    }

    List<String> argumentsFor(String key) {
        return arguments.stream().map(word -> word.equals(KEY) ? key : word).toList();
    }
}
