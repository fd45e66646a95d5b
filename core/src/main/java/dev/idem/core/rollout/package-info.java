/**
 * For whom the layer is active: {@link dev.idem.core.rollout.RolloutSettings} defines it,
 * {@link dev.idem.core.rollout.RolloutRule} applies it to one route's requests,
 * {@link dev.idem.core.rollout.RolloutStore} stores it for all nodes, and {@link dev.idem.core.rollout.LiveRollout} is
 * what one node applies now.
 */
@NullMarked
package dev.idem.core.rollout;

import org.jspecify.annotations.NullMarked;
