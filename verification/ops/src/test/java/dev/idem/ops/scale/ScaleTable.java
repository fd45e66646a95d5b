package dev.idem.ops.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured, and where it grows as it must not. For one thread. */
final class ScaleTable {
    private final boolean timed;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    /** @param timed whether processor time must not grow either; otherwise only the work of the stores counts */
    ScaleTable(boolean timed) {
        this.timed = timed;
    }

    private record Line(Growth growth, SortedMap<Integer, Cost> bySize) {}

    /** Of several costs of one size, the cheapest stays. */
    void add(String name, Growth growth, int records, Cost cost) {
        lines.computeIfAbsent(name, unused -> new Line(growth, new TreeMap<>()))
                .bySize()
                .merge(records, cost, Cost::cheaper);
    }

    /** Something that cannot be measured, since it fails. */
    void failed(String name, int records, Throwable why) {
        faults.add("at " + records + " records " + name + " fails: " + why.getMessage());
    }

    /** Each fault in a sentence. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        lines.forEach((name, line) -> addGrowth(name, line, all));
        return all;
    }

    private void addGrowth(String name, Line line, List<String> all) {
        @Nullable Integer less = null;
        @Nullable Cost lower = null;
        for (Map.Entry<Integer, Cost> entry : line.bySize().entrySet()) {
            int more = entry.getKey();
            Cost higher = entry.getValue();
            if (less != null && lower != null && !higher.isAtMost(line.growth().limit(less, more), lower, timed)) {
                all.add("%s is to be %s: %s at %d records, %s at %d"
                        .formatted(name, line.growth(), lower, less, higher, more));
            }
            less = more;
            lower = higher;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach((name, line) -> {
            text.append(name).append(" (").append(line.growth()).append(")\n");
            line.bySize().forEach((records, cost) -> text.append("  %,11d  %s%n".formatted(records, cost)));
        });
        faults().forEach(fault -> text.append("! ").append(fault).append('\n'));
        return text.toString();
    }
}
