package dev.idem.core.event;

import java.time.Instant;

/**
 * An event as stored.
 *
 * @param id grows, except between events of different nodes at the same moment
 * @param at when it happened, by PostgreSQL's clock
 */
public record StoredEvent(long id, Instant at, AuditEvent event) {}
