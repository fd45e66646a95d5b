@NullMarked
package dev.idem.core.store.postgres;

import org.jspecify.annotations.NullMarked;
