package dev.idem.dropwizard.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands still unless a test advances it, so that nothing expires and no owner goes stale by itself, also while somebody debugs. It moves
 * on by a microsecond at each look, so that of two events one is later. Thread-safe.
 */
final class TestClock implements InstantSource {
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final AtomicLong micros = new AtomicLong();

    @Override
    public Instant instant() {
        return begin.plus(micros.incrementAndGet(), ChronoUnit.MICROS);
    }

    void advance(Duration by) {
        micros.addAndGet(by.dividedBy(ChronoUnit.MICROS.getDuration()));
    }
}
