/** Parses the address of PostgreSQL, and keeps secrets out of its driver's messages. */
@NullMarked
package dev.idem.postgres.connect;

import org.jspecify.annotations.NullMarked;
