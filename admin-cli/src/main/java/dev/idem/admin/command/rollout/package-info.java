/** Commands for the rollout: rollout get, set, reset. */
@NullMarked
package dev.idem.admin.command.rollout;

import org.jspecify.annotations.NullMarked;
