package dev.idem.service.reload;

import dev.idem.gateway.route.RouteSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a reload changes, without values, which may be secrets.
 *
 * @param total the number of routes now
 * @param added prefixes
 * @param changed prefixes, each with the settings that differ
 * @param removed prefixes
 */
record RouteChanges(int total, List<String> added, List<String> changed, List<String> removed) {

    static RouteChanges between(List<RouteSettings> before, List<RouteSettings> after) {
        Map<String, RouteSettings> old = byPrefix(before);
        Map<String, RouteSettings> now = byPrefix(after);
        return new RouteChanges(
                after.size(),
                without(now, old),
                now.values().stream()
                        .filter(route -> old.containsKey(route.prefix()) && !route.equals(old.get(route.prefix())))
                        .map(route -> route.prefix() + " ("
                                + String.join(", ", differences(Objects.requireNonNull(old.get(route.prefix())), route))
                                + ')')
                        .sorted()
                        .toList(),
                without(old, now));
    }

    /** One line for each kind of change, the total first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("routes: " + total));
        line(lines, "added: ", added);
        line(lines, "changed: ", changed);
        line(lines, "removed: ", removed);
        if (lines.size() == 1) {
            lines.add("nothing changed");
        }
        return lines;
    }

    private static void line(List<String> lines, String kind, List<String> routes) {
        if (!routes.isEmpty()) {
            lines.add(kind + String.join(", ", routes));
        }
    }

    private static Map<String, RouteSettings> byPrefix(List<RouteSettings> routes) {
        return routes.stream().collect(Collectors.toMap(RouteSettings::prefix, Function.identity()));
    }

    private static List<String> without(Map<String, RouteSettings> these, Map<String, RouteSettings> others) {
        return these.keySet().stream()
                .filter(prefix -> !others.containsKey(prefix))
                .sorted()
                .toList();
    }

    private static List<String> differences(RouteSettings one, RouteSettings other) {
        return Arrays.stream(RouteSettings.class.getRecordComponents())
                .filter(setting -> !Objects.equals(value(setting, one), value(setting, other)))
                .map(RecordComponent::getName)
                .toList();
    }

    private static Object value(RecordComponent setting, RouteSettings route) {
        try {
            return setting.getAccessor().invoke(route);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the settings of a route are public", e);
        }
    }
}
