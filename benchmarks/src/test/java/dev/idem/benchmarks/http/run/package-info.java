@NullMarked
package dev.idem.benchmarks.http.run;

import org.jspecify.annotations.NullMarked;
