/** Answers in this process's memory, which spare repeats the way to a store. */
@NullMarked
package dev.idem.core.engine.near;

import org.jspecify.annotations.NullMarked;
