package dev.idem.dropwizard.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer works.
 *
 * @param percent of the callers, 0 to 100; a caller who is in at one percentage stays in at every higher one
 * @param platforms the values of {@code X-Client-Platform} that are in; empty for all
 * @param shadow only {@code false} is possible: a mode that measures and never intervenes does not exist yet
 */
public record RolloutConfiguration(
        @Nullable Integer percent,
        @Nullable List<String> platforms,
        @Nullable Boolean shadow) {

    /** All callers on all platforms. */
    public static final RolloutConfiguration EVERYONE = new RolloutConfiguration(null, null, null);

    public RolloutConfiguration {
        if (percent != null && (percent < 0 || percent > 100)) {
            throw new IllegalArgumentException("rollout.percent must be 0 to 100, not " + percent);
        }
        if (Boolean.TRUE.equals(shadow)) {
            throw new IllegalArgumentException("rollout.shadow must be false: shadow mode is not available yet");
        }
    }

    public int percentOrDefault() {
        return percent == null ? 100 : percent;
    }

    /** In lower case; empty for all. */
    public Set<String> platformsOrDefault() {
        return platforms == null
                ? Set.of()
                : platforms.stream()
                        .map(platform -> platform.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
