/** Starts Redis in a directory. */
@NullMarked
package dev.idem.embedded.redis;

import org.jspecify.annotations.NullMarked;
