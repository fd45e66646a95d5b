/** What others see of the engine: its events, for metrics and audit, and its present status. */
@NullMarked
package dev.idem.core.engine.observe;

import org.jspecify.annotations.NullMarked;
