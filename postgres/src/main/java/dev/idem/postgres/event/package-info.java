/** Audit events in PostgreSQL: {@link AuditEventTable} and its statements. */
@NullMarked
package dev.idem.postgres.event;

import org.jspecify.annotations.NullMarked;
