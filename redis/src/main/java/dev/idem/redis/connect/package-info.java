/** Parses the address of Redis and opens clients for it. */
@NullMarked
package dev.idem.redis.connect;

import org.jspecify.annotations.NullMarked;
