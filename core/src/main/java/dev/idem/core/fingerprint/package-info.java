/**
 * What a request is: one {@link dev.idem.core.record.Fingerprint} for all the ways in which the same request may be
 * written down. Knows no HTTP server; callers hand over strings and bytes.
 */
@NullMarked
package dev.idem.core.fingerprint;

import org.jspecify.annotations.NullMarked;
