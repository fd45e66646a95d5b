package dev.idem.postgres.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when PostgreSQL has answered this node without a gap, by its own clock. While it was silent no heartbeat could arrive, so an
 * owner without one may well be alive. Thread-safe.
 */
public final class AnsweringTime {
    /** A node asks every half second. */
    private static final Duration GAP = Duration.ofSeconds(2);

    /** What a node cannot know of the time before it started. */
    private static final Instant ALWAYS = Instant.EPOCH;

    private volatile Optional<Span> span = Optional.empty();

    /**
     * A time in which PostgreSQL has answered.
     *
     * @param since its beginning
     * @param until the last answer
     */
    public record Span(Instant since, Instant until) {
        private Span extendedTo(Instant now) {
            if (now.isBefore(until.minus(GAP))) { // the clock was set back
                return new Span(since.isBefore(now) ? since : now, now);
            }
            if (now.isAfter(until.plus(GAP))) {
                return new Span(now, now);
            }
            return new Span(since, now.isAfter(until) ? now : until);
        }
    }

    /** @param now PostgreSQL's clock, as it has just answered */
    public synchronized void answered(Instant now) {
        span = Optional.of(span.map(known -> known.extendedTo(now)).orElseGet(() -> new Span(ALWAYS, now)));
    }

    /** Empty if nothing was asked yet. */
    public Optional<Span> span() {
        return span;
    }
}
