package dev.idem.core.event;

import org.jspecify.annotations.Nullable;

/** An event as operators and their programs see it. Fields that do not apply are null. */
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
                stored.scope().orElse(null),
                event.key().orElse(null),
                orNull(event.route()),
                orNull(event.layer()),
                event.node(),
                event.fencing().orElse(null),
                event.actor().orElse(null),
                event.reason().orElse(null),
                orNull(event.detail()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
