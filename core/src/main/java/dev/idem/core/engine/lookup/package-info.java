/** Reads what a store has of a record, without claiming it. */
@NullMarked
package dev.idem.core.engine.lookup;

import org.jspecify.annotations.NullMarked;
