package dev.idem.core.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A window estimated from how late a caller's own repeats arrive, between a floor and a ceiling. The estimates are this
 * node's own, bounded in number, and decay: after {@link #HALF_LIFE} without a repeat, half of the part above the floor
 * remains.
 */
public final class AdaptiveWindow implements RepeatWindow {
    /** After this time without a repeat, half of the estimate above the floor remains. */
    public static final Duration HALF_LIFE = Duration.ofHours(1);

    private static final int MOST_CALLERS = 100_000;
    private static final int MOST_REQUESTS = 100_000;

    private final Duration floor;
    private final Duration ceiling;
    private final Ticker clock;
    private final Cache<Scope, RepeatDelays> learned;
    private final Cache<Fingerprint, Long> executedAt;

    /**
     * @param floor the window of a caller without an estimate
     * @param ceiling no window is longer, and later repeats do not change the estimate
     */
    public AdaptiveWindow(Duration floor, Duration ceiling) {
        this(floor, ceiling, Ticker.systemTicker());
    }

    AdaptiveWindow(Duration floor, Duration ceiling, Ticker clock) {
        if (ceiling.compareTo(floor) < 0) {
            throw new IllegalArgumentException("a ceiling of " + ceiling + " is below the floor of " + floor);
        }
        this.floor = floor;
        this.ceiling = ceiling;
        this.clock = clock;
        this.learned = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterWrite(HALF_LIFE.multipliedBy(24))
                .ticker(clock)
                .build();
        this.executedAt = Caffeine.newBuilder()
                .maximumSize(MOST_REQUESTS)
                .expireAfterWrite(ceiling)
                .ticker(clock)
                .build();
    }

    @Override
    public Duration of(Scope caller) {
        @Nullable RepeatDelays lateness = learned.getIfPresent(caller);
        if (lateness == null) {
            return floor;
        }
        Duration length = lateness.expected(floor, clock.read());
        return length.compareTo(ceiling) > 0 ? ceiling : length;
    }

    /**
     * A request that executes again shortly after its last execution was a repeat that came too late to be recognised.
     */
    @Override
    public void saw(Scope caller, Fingerprint request, boolean executed) {
        long now = clock.read();
        @Nullable Long last = executedAt.getIfPresent(request);
        if (last != null) {
            double late = now - last;
            learned.asMap().merge(caller, RepeatDelays.first(late, now), (known, first) -> known.with(late, now));
        }
        if (executed) {
            executedAt.put(request, now);
        }
    }
}
