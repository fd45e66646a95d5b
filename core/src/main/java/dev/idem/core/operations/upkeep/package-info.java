/** Maintains the stores: compares and repairs them, and deletes expired records. */
@NullMarked
package dev.idem.core.operations.upkeep;

import org.jspecify.annotations.NullMarked;
