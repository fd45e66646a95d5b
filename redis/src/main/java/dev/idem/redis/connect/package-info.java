/** Parses the address of Redis, opens clients for it, and says what their failures mean. */
@NullMarked
package dev.idem.redis.connect;

import org.jspecify.annotations.NullMarked;
