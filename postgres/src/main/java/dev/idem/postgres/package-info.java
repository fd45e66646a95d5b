/**
 * Records in PostgreSQL, in the table {@code idempotency_records}. Every step of a record is one statement, by PostgreSQL's
 * clock. The statements are resources of this package.
 */
@NullMarked
package dev.idem.postgres;

import org.jspecify.annotations.NullMarked;
