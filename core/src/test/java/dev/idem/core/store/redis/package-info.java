@NullMarked
package dev.idem.core.store.redis;

import org.jspecify.annotations.NullMarked;
