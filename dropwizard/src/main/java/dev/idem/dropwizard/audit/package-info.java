/**
 * What of the layer's work goes into the audit trail: {@link dev.idem.dropwizard.audit.AuditRecorder} listens to the engine and to
 * decisions, {@link dev.idem.dropwizard.audit.Auditing} keeps the trail running.
 */
@NullMarked
package dev.idem.dropwizard.audit;

import org.jspecify.annotations.NullMarked;
