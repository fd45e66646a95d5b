/** The application that is measured, in a process of its own: with the layer, without it, or with the least that could stand in its place. */
@NullMarked
package dev.idem.benchmarks.http.app;

import org.jspecify.annotations.NullMarked;
