/**
 * Background work, whose failures must not go unnoticed: {@link dev.idem.core.background.PeriodicTask},
 * {@link dev.idem.core.background.WorkerLoop}, {@link dev.idem.core.background.DaemonThreads}.
 * {@link dev.idem.core.background.OutOfMemoryExit} handles failures after which no work can continue.
 */
@NullMarked
package dev.idem.core.background;

import org.jspecify.annotations.NullMarked;
