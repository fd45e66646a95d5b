/**
 * Identifies requests: one {@link dev.idem.core.record.Fingerprint} for all spellings of the same request. Independent
 * of any HTTP server; callers pass strings and bytes.
 */
@NullMarked
package dev.idem.core.fingerprint;

import org.jspecify.annotations.NullMarked;
