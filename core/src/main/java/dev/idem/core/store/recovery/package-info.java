/** What the recovery of journals asks of the stores. */
@NullMarked
package dev.idem.core.store.recovery;

import org.jspecify.annotations.NullMarked;
