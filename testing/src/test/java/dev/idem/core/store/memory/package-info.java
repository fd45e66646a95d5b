@NullMarked
package dev.idem.core.store.memory;

import org.jspecify.annotations.NullMarked;
