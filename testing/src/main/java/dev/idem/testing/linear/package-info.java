/**
 * Whether a store's steps are as if one came after the other, whatever threads take them: {@link Race} takes random steps
 * at once and looks for an order that explains their results. {@link TwoStepStore} is a store for which there is none.
 */
@NullMarked
package dev.idem.testing.linear;

import org.jspecify.annotations.NullMarked;
