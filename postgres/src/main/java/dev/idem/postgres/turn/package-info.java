/** {@link dev.idem.postgres.turn.RefillTurn}: one node at a time refills Redis. */
@NullMarked
package dev.idem.postgres.turn;

import org.jspecify.annotations.NullMarked;
