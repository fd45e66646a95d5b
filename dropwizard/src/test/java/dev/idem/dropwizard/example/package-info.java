/** The application that {@code docs/atomic.md} prints, and the test that runs it. */
@NullMarked
package dev.idem.dropwizard.example;

import org.jspecify.annotations.NullMarked;
