/** The rollout settings in PostgreSQL: {@link RolloutTable} and its statements. */
@NullMarked
package dev.idem.postgres.rollout;

import org.jspecify.annotations.NullMarked;
