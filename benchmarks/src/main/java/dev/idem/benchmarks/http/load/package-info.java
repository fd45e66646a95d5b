/** Requests, sent as fast as they are answered or at a fixed rate, and how long they took. */
@NullMarked
package dev.idem.benchmarks.http.load;

import org.jspecify.annotations.NullMarked;
