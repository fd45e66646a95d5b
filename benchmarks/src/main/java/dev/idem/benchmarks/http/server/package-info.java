/** The processes that are measured, and the stores they share: started here, and stopped here. */
@NullMarked
package dev.idem.benchmarks.http.server;

import org.jspecify.annotations.NullMarked;
