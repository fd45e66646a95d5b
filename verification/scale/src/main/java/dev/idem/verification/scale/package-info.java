/**
 * Fills PostgreSQL and Redis with many records that agree with each other, as a fleet leaves them. {@link
 * dev.idem.verification.scale.FillStores} is the way in for tests, {@link dev.idem.verification.scale.Main} by hand.
 */
@NullMarked
package dev.idem.verification.scale;

import org.jspecify.annotations.NullMarked;
