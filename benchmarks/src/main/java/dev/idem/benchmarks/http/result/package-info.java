/** What a run has measured. */
@NullMarked
package dev.idem.benchmarks.http.result;

import org.jspecify.annotations.NullMarked;
