/** What a node knows of times in which PostgreSQL has not answered it: {@link dev.idem.postgres.silence.AnsweringTime}. */
@NullMarked
package dev.idem.postgres.silence;

import org.jspecify.annotations.NullMarked;
