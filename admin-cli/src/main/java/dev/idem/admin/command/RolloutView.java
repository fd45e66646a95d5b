package dev.idem.admin.command;

import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.StoredRollout;
import org.jspecify.annotations.Nullable;

/**
 * The roll-out as the output shows it.
 *
 * @param source {@code stored}, or {@code config} while each node goes by its configuration file
 * @param settings null while the source is config
 */
record RolloutView(
        long version,
        String source,
        @Nullable RolloutDocument settings,
        String changedBy,
        String changedAt,
        String reason) {

    static RolloutView of(StoredRollout stored) {
        return new RolloutView(
                stored.version(),
                stored.settings().isPresent() ? "stored" : "config",
                stored.settings().map(RolloutDocument::of).orElse(null),
                stored.changedBy(),
                stored.changedAt().toString(),
                stored.reason());
    }
}
