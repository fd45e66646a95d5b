package dev.idem.admin.command.rollout;

import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.core.rollout.RolloutRule;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.StoredRollout;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.ColorScheme;

/** The rollout as tables. */
record RolloutTables(ColorScheme colours) {

    String of(StoredRollout stored) {
        Optional<RolloutSettings> settings = stored.settings();
        if (stored.unreadable().isPresent()) {
            return "Version " + stored.version() + ": " + stored.unreadable().get()
                    + " Until then each node keeps what it had.";
        }
        if (settings.isEmpty()) {
            return "Version " + stored.version()
                    + ": nothing is stored, each node follows idempotency.rollout of its configuration file.";
        }
        Table changes = new Table(colours, List.of("VERSION", "CHANGED", "BY", "REASON"));
        changes.row(List.of(
                Cell.of(String.valueOf(stored.version())),
                Cell.of(stored.changedAt().toString()),
                Cell.of(stored.changedBy()),
                Cell.of(stored.reason())));
        Table rules = new Table(colours, List.of("ROUTE", "ENABLED", "PERCENT", "PLATFORMS", "SHADOW"));
        rules.row(row("all", settings.get().all()));
        settings.get()
                .routes()
                .keySet()
                .forEach(route -> rules.row(row(route, settings.get().rule(route))));
        return changes.toString() + System.lineSeparator() + rules;
    }

    private static List<Cell> row(String route, RolloutRule rule) {
        return List.of(
                Cell.of(route),
                Cell.of(word(rule.enabled())),
                Cell.of(rule.percentage().toString()),
                Cell.of(
                        rule.platforms().areAll()
                                ? "all"
                                : String.join(", ", rule.platforms().inOrder())),
                Cell.of(word(rule.shadow())));
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }
}
