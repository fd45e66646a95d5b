/** Whether PostgreSQL takes writes. */
@NullMarked
package dev.idem.postgres.probe;

import org.jspecify.annotations.NullMarked;
