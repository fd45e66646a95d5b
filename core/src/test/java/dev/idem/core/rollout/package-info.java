/** Tests of the rollout. */
@NullMarked
package dev.idem.core.rollout;

import org.jspecify.annotations.NullMarked;
