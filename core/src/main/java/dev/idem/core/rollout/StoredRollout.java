package dev.idem.core.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * PostgreSQL's settings for all nodes.
 *
 * @param version grows with each change
 * @param settings empty if each node uses its configuration file, or if they cannot be read
 * @param unreadable why they cannot be read, as a sentence; empty if they can
 * @param changedAt by the database's clock
 * @param changedBy the operator's name
 * @param reason why; empty if not given
 */
public record StoredRollout(
        long version,
        Optional<RolloutSettings> settings,
        Optional<String> unreadable,
        Instant changedAt,
        String changedBy,
        String reason) {}
