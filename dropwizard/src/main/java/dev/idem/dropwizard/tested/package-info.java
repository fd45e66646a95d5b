/**
 * An application in a test that keeps its records in the test's memory: where the bundle learns of it. What does it is in an artifact of its
 * own, which no application has in production.
 */
@NullMarked
package dev.idem.dropwizard.tested;

import org.jspecify.annotations.NullMarked;
