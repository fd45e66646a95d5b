package dev.idem.core.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An event as stored.
 *
 * @param id grows, except between events of different nodes at the same moment
 * @param at when it happened, by PostgreSQL's clock
 * @param scope as it is stored. The event itself has none if it is not one that a caller can have
 */
public record StoredEvent(long id, Instant at, Optional<String> scope, AuditEvent event) {}
