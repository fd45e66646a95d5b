@NullMarked
package dev.idem.benchmarks.http.load;

import org.jspecify.annotations.NullMarked;
