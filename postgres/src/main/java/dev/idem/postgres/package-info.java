/**
 * Records in PostgreSQL, table {@code idempotency_records}. Every step of a record is one statement, decided by
 * PostgreSQL's clock; the statements stand beside this package's resources.
 */
@NullMarked
package dev.idem.postgres;

import org.jspecify.annotations.NullMarked;
