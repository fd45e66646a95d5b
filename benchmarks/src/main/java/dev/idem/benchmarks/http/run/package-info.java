/** The contenders, and the course of a run. */
@NullMarked
package dev.idem.benchmarks.http.run;

import org.jspecify.annotations.NullMarked;
