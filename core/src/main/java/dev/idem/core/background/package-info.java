/**
 * Work that goes on beside requests, and must not end unnoticed: {@link dev.idem.core.background.PeriodicTask}, {@link
 * dev.idem.core.background.WorkerLoop}, {@link dev.idem.core.background.DaemonThreads}. What no work can go on after is {@link
 * dev.idem.core.background.OutOfMemoryExit}.
 */
@NullMarked
package dev.idem.core.background;

import org.jspecify.annotations.NullMarked;
