@NullMarked
package dev.idem.benchmarks.http.command;

import org.jspecify.annotations.NullMarked;
