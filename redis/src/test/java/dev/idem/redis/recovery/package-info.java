/** Tests with several nodes on a real Redis. */
@NullMarked
package dev.idem.redis.recovery;

import org.jspecify.annotations.NullMarked;
