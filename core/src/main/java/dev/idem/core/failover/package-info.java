/**
 * Whether Redis may decide. {@link AuthorityState} is what this node knows of it, {@link FailoverCoordinator} looks again and again and sees to
 * it that all nodes agree, and {@link Failback} tells a Redis that has lost or missed something all that PostgreSQL knows, after
 * which it may decide again. ARCHITECTURE.md has the argument why nothing is decided twice meanwhile.
 */
@NullMarked
package dev.idem.core.failover;

import org.jspecify.annotations.NullMarked;
