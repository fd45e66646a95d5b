@NullMarked
package dev.idem.benchmarks.http.server;

import org.jspecify.annotations.NullMarked;
