package dev.idem.core.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * What PostgreSQL has for all nodes.
 *
 * @param version grows with each change
 * @param settings empty if each node goes by its configuration file
 * @param changedAt by the database's clock
 * @param changedBy who
 * @param reason why; empty if they did not say
 */
public record StoredRollout(
        long version, Optional<RolloutSettings> settings, Instant changedAt, String changedBy, String reason) {}
