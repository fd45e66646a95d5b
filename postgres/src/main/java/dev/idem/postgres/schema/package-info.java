/**
 * The tables, and the changes that made them. {@link dev.idem.postgres.schema.Schema} is the way in: it says whether a
 * database is current and brings it there. Only this package talks to Liquibase.
 */
@NullMarked
package dev.idem.postgres.schema;

import org.jspecify.annotations.NullMarked;
