package dev.idem.chaos.run;

import dev.idem.chaos.history.FaultKind;
import java.time.Duration;

/**
 * A fault that is about to be made.
 *
 * @param node whose, or {@link dev.idem.chaos.history.Fault#ALL}
 * @param lasts how long until it is repaired
 */
record Strike(FaultKind kind, int node, Duration lasts, Runnable hit, Runnable heal) {}
