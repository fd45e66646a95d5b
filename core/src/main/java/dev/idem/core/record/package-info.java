/**
 * The engine's values: whose key it is ({@link Scope}), what a store keeps ({@link StoredRecord} under a
 * {@link RecordId}), the attempt to become the one who executes ({@link ClaimRequest} and its {@link Claim}), the right
 * to execute ({@link Lease}), and what a repeat gets ({@link Answer}). Everything here is immutable, knows no store and
 * no HTTP server, and may be used by every other package.
 */
@NullMarked
package dev.idem.core.record;

import org.jspecify.annotations.NullMarked;
