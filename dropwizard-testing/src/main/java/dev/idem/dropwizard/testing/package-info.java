/**
 * For tests of applications with the bundle: {@link dev.idem.dropwizard.testing.InMemoryIdempotency} keeps the records in the test's memory.
 */
@NullMarked
package dev.idem.dropwizard.testing;

import org.jspecify.annotations.NullMarked;
