@NullMarked
package dev.idem.benchmarks;

import org.jspecify.annotations.NullMarked;
