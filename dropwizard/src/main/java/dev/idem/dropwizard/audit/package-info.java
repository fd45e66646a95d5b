/**
 * The audit trail: {@link dev.idem.dropwizard.audit.AuditRecorder} turns events of the engine and of decisions into entries,
 * {@link dev.idem.dropwizard.audit.Auditing} writes them and keeps the partitions.
 */
@NullMarked
package dev.idem.dropwizard.audit;

import org.jspecify.annotations.NullMarked;
