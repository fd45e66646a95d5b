package dev.idem.service.admin.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.StoredRollout;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer works.
 *
 * @param version what {@code If-Match} names
 * @param source {@code stored}, or {@code config} while each node goes by its configuration file
 * @param allowed false: this node's configuration switches the layer off, whatever is stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RolloutView(
        @Nullable Boolean enabled,
        @Nullable BigDecimal percent,
        @Nullable List<String> platforms,
        @Nullable Boolean shadow,
        @Nullable Map<String, RolloutDocument.Route> routes,
        String reason,
        long version,
        String changedBy,
        String changedAt,
        String source,
        boolean allowed) {

    static RolloutView of(StoredRollout stored, LiveRollout live) {
        RolloutDocument settings = RolloutDocument.of(stored.settings().orElse(live.configured()));
        return new RolloutView(
                settings.enabled(),
                settings.percent(),
                settings.platforms(),
                settings.shadow(),
                settings.routes(),
                stored.reason(),
                stored.version(),
                stored.changedBy(),
                stored.changedAt().toString(),
                stored.settings().isPresent() ? "stored" : "config",
                live.isAllowed());
    }
}
