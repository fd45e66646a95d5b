/**
 * The engine's values. {@link Scope} says whose key it is. A store keeps a {@link StoredRecord} under a
 * {@link RecordId}. A {@link ClaimRequest} asks for the right to execute, its outcome is a {@link Claim}, and the right
 * is a {@link Lease}. A repeat gets an {@link Answer}. Everything here is immutable, knows no store and no HTTP server,
 * and may be used by every other package.
 */
@NullMarked
package dev.idem.core.record;

import dev.idem.core.record.answer.Answer;
import org.jspecify.annotations.NullMarked;
