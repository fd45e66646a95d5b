/** Whether the deletion of expired records keeps up with claims that never pause, and what claims notice of it. */
@NullMarked
package dev.idem.benchmarks.sweep;

import org.jspecify.annotations.NullMarked;
