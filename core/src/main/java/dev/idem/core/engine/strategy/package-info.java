/**
 * Which store decides, for each consistency, and what happens while it is unavailable. The strategies know the stores; the
 * engine knows only {@link ConsistencyStrategy}.
 */
@NullMarked
package dev.idem.core.engine.strategy;

import org.jspecify.annotations.NullMarked;
