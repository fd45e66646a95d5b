package dev.idem.core.operations.rollout;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.StoredRollout;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer is active.
 *
 * @param version grows with each change
 * @param source {@code stored}; {@code config} while each node follows its configuration file; {@code unreadable} if what is stored
 *     cannot be read, so that each node keeps the settings that it had
 * @param settings the settings in force; null if the source is {@code config} and no node was asked
 * @param allowed false if the node's configuration switches the layer off, whatever is stored; null if no node was
 *     asked
 */
public record RolloutView(
        long version,
        String source,
        @Nullable RolloutDocument settings,
        @Nullable Boolean allowed,
        String changedBy,
        String changedAt,
        String reason) {

    /** As stored in PostgreSQL. */
    public static RolloutView of(StoredRollout stored) {
        return of(stored, stored.settings().map(RolloutDocument::of).orElse(null), null);
    }

    /** As in force on this node. */
    public static RolloutView of(StoredRollout stored, LiveRollout node) {
        RolloutSettings otherwise = stored.unreadable().isPresent() ? node.settings() : node.configured();
        return of(stored, RolloutDocument.of(stored.settings().orElse(otherwise)), node.isAllowed());
    }

    private static RolloutView of(StoredRollout stored, @Nullable RolloutDocument settings, @Nullable Boolean allowed) {
        return new RolloutView(
                stored.version(),
                source(stored),
                settings,
                allowed,
                stored.changedBy(),
                stored.changedAt().toString(),
                stored.reason());
    }

    private static String source(StoredRollout stored) {
        if (stored.unreadable().isPresent()) {
            return "unreadable";
        }
        return stored.settings().isPresent() ? "stored" : "config";
    }
}
