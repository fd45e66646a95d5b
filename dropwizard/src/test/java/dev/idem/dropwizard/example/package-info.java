/** The applications that {@code docs/atomic.md} and the README print, and the tests that run them. */
@NullMarked
package dev.idem.dropwizard.example;

import org.jspecify.annotations.NullMarked;
