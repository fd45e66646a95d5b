/** Sends requests in a closed loop or at a fixed rate, and measures their latencies. */
@NullMarked
package dev.idem.benchmarks.http.load;

import org.jspecify.annotations.NullMarked;
