/**
 * The tables and the changes that create them. Begin with {@link dev.idem.postgres.schema.Schema}: it says whether a database is
 * current and migrates it. Only this package uses Liquibase.
 */
@NullMarked
package dev.idem.postgres.schema;

import org.jspecify.annotations.NullMarked;
