/** The load harness over HTTP: {@code benchmarks/run}. */
@NullMarked
package dev.idem.benchmarks.http;

import org.jspecify.annotations.NullMarked;
