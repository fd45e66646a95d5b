/** Clients for Redis, against a real server. */
@NullMarked
package dev.idem.redis.connect;

import org.jspecify.annotations.NullMarked;
