package dev.idem.core.event;

import java.time.Instant;

/**
 * An event as it is kept.
 *
 * @param id grows, but for events of different nodes in the same moment
 * @param at when it happened, by PostgreSQL's clock
 */
public record StoredEvent(long id, Instant at, AuditEvent event) {}
