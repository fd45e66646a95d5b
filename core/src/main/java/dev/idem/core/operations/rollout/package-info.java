/** Reads and changes the rollout of all nodes. */
@NullMarked
package dev.idem.core.operations.rollout;

import org.jspecify.annotations.NullMarked;
