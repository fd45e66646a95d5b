/** Reads where PostgreSQL is, and keeps secrets out of what its driver says. */
@NullMarked
package dev.idem.postgres.connect;

import org.jspecify.annotations.NullMarked;
