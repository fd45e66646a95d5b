/**
 * Where the stores are and how they are reached: {@link RedisTarget} and {@link DatabaseTarget} turn an operator's
 * setting into a checked value, once and alike for the service and the command line, and {@link RedisConnections} makes
 * clients that never wait longer than they were told. Messages name the setting to change and never hold a password.
 */
@NullMarked
package dev.idem.core.connect;

import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import org.jspecify.annotations.NullMarked;
