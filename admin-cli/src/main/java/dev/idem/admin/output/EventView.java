package dev.idem.admin.output;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.StoredEvent;
import dev.idem.core.record.Scope;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event of the audit trail, in the shape of the JSON and CSV outputs. What does not apply is null. */
@JsonPropertyOrder({"id", "at", "type", "scope", "key", "route", "layer", "node", "fencing", "actor", "reason", "detail"
})
public record EventView(
        long id,
        String at,
        String type,
        @Nullable String scope,
        @Nullable String key,
        @Nullable String route,
        @Nullable String layer,
        String node,
        @Nullable Long fencing,
        @Nullable String actor,
        @Nullable String reason,
        @Nullable String detail) {

    public static EventView of(StoredEvent stored) {
        AuditEvent event = stored.event();
        return new EventView(
                stored.id(),
                stored.at().toString(),
                event.type().label(),
                event.scope().map(Scope::value).orElse(null),
                event.key().orElse(null),
                orNull(event.route()),
                orNull(event.layer()),
                event.node(),
                event.fencing().orElse(null),
                event.actor().orElse(null),
                event.reason().orElse(null),
                orNull(event.detail()));
    }

    /** A line for people. */
    public String describe() {
        String told = Stream.of(
                        part("scope", scope),
                        part("key", key),
                        part("route", route),
                        part("layer", layer),
                        part("fencing", fencing),
                        part("actor", actor),
                        part("reason", reason),
                        Optional.ofNullable(detail),
                        part("node", node))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("  "));
        return Cell.of(at + "  " + type + "  " + told).content();
    }

    private static Optional<String> part(String name, @Nullable Object value) {
        return Optional.ofNullable(value).map(known -> name + '=' + known);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
