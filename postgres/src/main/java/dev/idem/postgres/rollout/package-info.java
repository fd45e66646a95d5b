/** The rollout in PostgreSQL: {@link RolloutTable}, and the statements beside it. */
@NullMarked
package dev.idem.postgres.rollout;

import org.jspecify.annotations.NullMarked;
