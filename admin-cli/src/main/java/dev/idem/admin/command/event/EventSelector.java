package dev.idem.admin.command.event;

import dev.idem.admin.option.KeyConverter;
import dev.idem.admin.option.ScopeConverter;
import dev.idem.core.event.AuditType;
import dev.idem.core.event.EventFilter;
import dev.idem.core.record.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of the audit trail. A mixin. */
final class EventSelector {
    @Option(names = "--key", paramLabel = "K", converter = KeyConverter.class, description = "Only events of this key.")
    private @Nullable String key;

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Only events of this scope.")
    private @Nullable Scope scope;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only events of this type: ${COMPLETION-CANDIDATES}. May be repeated.")
    private List<AuditType> types = List.of();

    EventFilter filter(Optional<Instant> from, Optional<Instant> to) {
        Set<AuditType> wanted = new HashSet<>(types);
        return new EventFilter(Optional.ofNullable(scope), Optional.ofNullable(key), wanted, from, to);
    }
}
