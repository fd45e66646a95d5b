@NullMarked
package dev.idem.benchmarks.http;

import org.jspecify.annotations.NullMarked;
