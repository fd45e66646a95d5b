package dev.idem.core.event;

import dev.idem.core.record.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selects events.
 *
 * @param types empty for all
 * @param from the first moment
 * @param to the moment after the last one
 */
public record EventFilter(
        Optional<Scope> scope,
        Optional<String> key,
        Set<AuditType> types,
        Optional<Instant> from,
        Optional<Instant> to) {
    public static final EventFilter ALL =
            new EventFilter(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    public EventFilter {
        types = Set.copyOf(types);
    }

    public EventFilter since(Instant moment) {
        return new EventFilter(scope, key, types, Optional.of(moment), to);
    }
}
