/** Repeats that wait for the first request, on one node. It knows no store: the engine claims between two waits. */
@NullMarked
package dev.idem.core.engine.waiting;

import org.jspecify.annotations.NullMarked;
