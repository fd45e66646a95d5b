@NullMarked
package dev.idem.redis;

import org.jspecify.annotations.NullMarked;
