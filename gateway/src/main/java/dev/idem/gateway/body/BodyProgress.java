package dev.idem.gateway.body;

/** How fast a body arrives, in nanoseconds of a monotonic clock. Not thread-safe. */
final class BodyProgress {
    private final long within;
    private final long longest;
    private final double expected;
    private boolean waiting;
    private long since;
    private long waited;
    private long waitedBefore;
    private long came;

    BodyProgress(MinimumBodyRate pace) {
        this.within = pace.within().toNanos();
        this.longest = pace.longest().toNanos();
        this.expected = pace.minRate() * (within / 1e9);
    }

    void waits(long now) {
        waiting = true;
        since = now;
    }

    void waitsNoMore(long now) {
        account(now);
        waiting = false;
    }

    void came(int bytes) {
        came += bytes;
    }

    /** Whether the body was too slow. Called when {@link #untilNextLook} is over; the count starts again. */
    boolean isTooSlow(long now) {
        account(now);
        if (waitedBefore + waited >= longest) {
            return true;
        }
        if (waited < within) {
            return false;
        }
        boolean tooFew = came < expected;
        waitedBefore += waited;
        waited = 0;
        came = 0;
        return tooFew;
    }

    /** The time to wait until the next check, in nanoseconds. */
    long untilNextLook() {
        return Math.max(Math.min(within - waited, longest - waitedBefore - waited), 1);
    }

    private void account(long now) {
        if (waiting) {
            waited += now - since;
            since = now;
        }
    }
}
