/**
 * A real Redis and a real PostgreSQL on loopback, started from binaries on the class path.
 *
 * <p>{@link dev.idem.embedded.EmbeddedRedis} and {@link dev.idem.embedded.EmbeddedPostgres} keep their data in a
 * directory, survive the death of the process that started them and are adopted by the next one.
 * {@link dev.idem.embedded.EphemeralRedis} and {@link dev.idem.embedded.EphemeralPostgres} are disposable servers for
 * tests: they may be killed, paused and restarted, and leave nothing behind.
 */
@NullMarked
package dev.idem.embedded;

import org.jspecify.annotations.NullMarked;
