/** What a node knows of times in which PostgreSQL has not taken its writes: {@link dev.idem.postgres.silence.AnsweringTime}. */
@NullMarked
package dev.idem.postgres.silence;

import org.jspecify.annotations.NullMarked;
