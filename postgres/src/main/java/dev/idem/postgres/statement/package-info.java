/** What all statements share: their text, arrays as arguments, and the row of a record. */
@NullMarked
package dev.idem.postgres.statement;

import org.jspecify.annotations.NullMarked;
