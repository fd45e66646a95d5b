/** How records are written in Redis, and the names of keys. */
@NullMarked
package dev.idem.redis.layout;

import org.jspecify.annotations.NullMarked;
