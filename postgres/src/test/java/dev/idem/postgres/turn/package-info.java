/** Tests of the turn to refill. */
@NullMarked
package dev.idem.postgres.turn;

import org.jspecify.annotations.NullMarked;
