/** Records in this process's memory: bounded, for when no other store is available. */
@NullMarked
package dev.idem.core.store.memory;

import org.jspecify.annotations.NullMarked;
