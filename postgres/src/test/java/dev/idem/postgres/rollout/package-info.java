@NullMarked
package dev.idem.postgres.rollout;

import org.jspecify.annotations.NullMarked;
