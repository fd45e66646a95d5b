/** Starts and stops the measured processes and the stores that they share. */
@NullMarked
package dev.idem.benchmarks.http.server;

import org.jspecify.annotations.NullMarked;
