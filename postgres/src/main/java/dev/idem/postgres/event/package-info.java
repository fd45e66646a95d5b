/** Audit events in PostgreSQL: {@link AuditEventTable}, and the statements beside it. */
@NullMarked
package dev.idem.postgres.event;

import org.jspecify.annotations.NullMarked;
