/**
 * Tests whether a store's steps are linearizable: {@link Race} takes random steps concurrently and searches for a
 * sequential order that explains their results. {@link TwoStepStore} is a store for which there is none.
 */
@NullMarked
package dev.idem.testing.linear;

import org.jspecify.annotations.NullMarked;
