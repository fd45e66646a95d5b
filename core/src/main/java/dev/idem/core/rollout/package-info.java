/**
 * For whom the layer works: {@link dev.idem.core.rollout.RolloutSettings} says it, {@link dev.idem.core.rollout.RolloutRule}
 * applies it to one route's requests, {@link dev.idem.core.rollout.RolloutStore} keeps it for all nodes, and
 * {@link dev.idem.core.rollout.LiveRollout} is what one node goes by at the moment.
 */
@NullMarked
package dev.idem.core.rollout;

import org.jspecify.annotations.NullMarked;
