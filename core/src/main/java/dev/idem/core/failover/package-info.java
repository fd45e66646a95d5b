/**
 * Determines whether Redis or PostgreSQL is authoritative. {@link AuthorityState} is what this node knows.
 * {@link FailoverCoordinator} checks periodically and makes all nodes agree. {@link Failback} refills a Redis that has
 * lost or missed records, and makes it authoritative again. ARCHITECTURE.md explains why no request is decided twice
 * meanwhile.
 */
@NullMarked
package dev.idem.core.failover;

import org.jspecify.annotations.NullMarked;
