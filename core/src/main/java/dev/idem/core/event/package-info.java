/**
 * The audit trail: events of the layer that operators may ask about later, in an
 * {@link dev.idem.core.event.AuditEventStore}. Requests add their events to {@link dev.idem.core.event.AuditQueue},
 * which never makes them wait. Operators' actions are written at once.
 */
@NullMarked
package dev.idem.core.event;

import org.jspecify.annotations.NullMarked;
