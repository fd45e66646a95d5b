/** What people read. */
@NullMarked
package dev.idem.benchmarks.http.report;

import org.jspecify.annotations.NullMarked;
