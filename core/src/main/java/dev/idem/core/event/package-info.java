/**
 * The audit trail: what the layer did that somebody may ask about later, in an {@link dev.idem.core.event.AuditEventStore}. Requests leave their
 * events in {@link dev.idem.core.event.AuditQueue}, which never makes them wait; operators' actions are written at once.
 */
@NullMarked
package dev.idem.core.event;

import org.jspecify.annotations.NullMarked;
