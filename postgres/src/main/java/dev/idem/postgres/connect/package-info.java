/** Parses the address of PostgreSQL, says what failures of its driver mean, and keeps secrets out of its messages. */
@NullMarked
package dev.idem.postgres.connect;

import org.jspecify.annotations.NullMarked;
