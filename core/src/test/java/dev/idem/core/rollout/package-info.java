/** For whom the layer works, on this machine and in a real PostgreSQL. */
@NullMarked
package dev.idem.core.rollout;

import org.jspecify.annotations.NullMarked;
