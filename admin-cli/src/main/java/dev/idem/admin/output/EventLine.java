package dev.idem.admin.output;

import dev.idem.core.event.EventView;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event in one line, for people. Control characters become question marks, since they could steer the terminal. */
public final class EventLine {
    private EventLine() {}

    public static String of(EventView event) {
        String told = Stream.of(
                        part("scope", event.scope()),
                        part("key", event.key()),
                        part("route", event.route()),
                        part("layer", event.layer()),
                        part("fencing", event.fencing()),
                        part("actor", event.actor()),
                        part("reason", event.reason()),
                        Optional.ofNullable(event.detail()),
                        part("node", event.node()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("  "));
        return Cell.of(event.at() + "  " + event.type() + "  " + told).content();
    }

    private static Optional<String> part(String name, @Nullable Object value) {
        return Optional.ofNullable(value).map(known -> name + '=' + known);
    }
}
