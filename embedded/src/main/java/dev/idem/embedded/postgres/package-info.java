/** Starts PostgreSQL in a directory. */
@NullMarked
package dev.idem.embedded.postgres;

import org.jspecify.annotations.NullMarked;
