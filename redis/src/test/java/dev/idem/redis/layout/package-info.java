/** Tests. */
@NullMarked
package dev.idem.redis.layout;

import org.jspecify.annotations.NullMarked;
