/** What the documentation shows of tests. */
@NullMarked
package dev.idem.dropwizard.testing.example;

import org.jspecify.annotations.NullMarked;
