/** Records in this process's memory: bounded, for when all else is gone. */
@NullMarked
package dev.idem.core.store.memory;

import org.jspecify.annotations.NullMarked;
