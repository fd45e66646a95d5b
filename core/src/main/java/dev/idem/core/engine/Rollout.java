package dev.idem.core.engine;

import dev.idem.core.record.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * For whom the layer works. Sticky and monotonic: who is in depends on the scope alone, and whoever is in at one
 * percentage is in at every higher one.
 *
 * @param enabled the flag; false means for nobody
 * @param percent 0 to 100
 * @param platforms in lower case; empty for all
 */
public record Rollout(boolean enabled, int percent, Set<String> platforms) {
    private static final int STEPS = 100;

    public Rollout {
        platforms = Set.copyOf(platforms);
    }

    /** @param platform what the client says of itself; null for nothing */
    public boolean includes(Scope scope, @Nullable String platform) {
        return enabled && includesPlatform(platform) && Math.floorMod(hash(scope), STEPS) < percent;
    }

    private boolean includesPlatform(@Nullable String platform) {
        return platforms.isEmpty() || (platform != null && platforms.contains(platform.toLowerCase(Locale.ROOT)));
    }

    private static long hash(Scope scope) {
        CRC32 crc = new CRC32();
        crc.update(scope.value().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }
}
