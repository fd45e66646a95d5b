package dev.idem.postgres.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Since when PostgreSQL has taken this node's writes to the records without a gap, by its own clock. In a gap no heartbeat could arrive,
 * so an owner without one may well be alive. Reads say nothing of that: a locked table, a full disk or a commit that waits for a standby
 * does not stop them. Thread-safe.
 */
public final class AnsweringTime {
    /** A node writes every half second; a shorter gap would be one of its own. */
    private static final Duration LEAST_GAP = Duration.ofSeconds(1);

    private static final int GAPS_PER_LOCK_TIMEOUT = 3;
    private static final Duration LONGEST_LOCK_TIMEOUT = Duration.ofDays(1);

    /** What a node cannot know of the time before it started. */
    private static final Instant ALWAYS = Instant.EPOCH;

    private enum First {
        NOT_ASKED,
        ASKED,
        WAS_SILENT
    }

    private First first = First.NOT_ASKED;
    private Optional<Instant> until = Optional.empty();

    /** A longer one hides all before it, so each is shorter than the one before. */
    private final Deque<Gap> gaps = new ArrayDeque<>();

    /** @param end the first write after it */
    private record Gap(Instant end, Duration length) {}

    /**
     * A time in which PostgreSQL has taken writes.
     *
     * @param since its beginning
     * @param until the last write
     * @param gap the longest time between two of its writes
     */
    public record Span(Instant since, Instant until, Duration gap) {}

    /** A write is about to be sent. Until one has been answered, nobody is taken over from. */
    public synchronized void asked() {
        first = first == First.NOT_ASKED ? First.ASKED : First.WAS_SILENT;
    }

    /** @param now when PostgreSQL has made a write that is committed by now, by its clock */
    public synchronized void answered(Instant now) {
        if (until.isEmpty()) {
            gaps.addLast(new Gap(first == First.WAS_SILENT ? now : ALWAYS, LONGEST_LOCK_TIMEOUT));
            until = Optional.of(now);
            return;
        }
        Instant last = until.get();
        if (now.isBefore(last.minus(LEAST_GAP))) {
            moveBackTo(now);
        } else if (now.isAfter(last)) { // otherwise another answer has overtaken this one
            moveOnTo(now, Duration.between(last, now));
        }
    }

    private void moveOnTo(Instant now, Duration sinceLast) {
        if (sinceLast.compareTo(LEAST_GAP) > 0) {
            add(new Gap(now, sinceLast));
        }
        until = Optional.of(now);
    }

    /** The clock was set back. */
    private void moveBackTo(Instant now) {
        Deque<Gap> before = new ArrayDeque<>(gaps);
        gaps.clear();
        for (Gap each : before) {
            add(each.end().isBefore(now) ? each : new Gap(now, each.length()));
        }
        until = Optional.of(now);
    }

    private void add(Gap gap) {
        while (!gaps.isEmpty() && gaps.getLast().length().compareTo(gap.length()) <= 0) {
            gaps.removeLast();
        }
        gaps.addLast(gap);
    }

    /**
     * The last time in which a live owner could send its heartbeats. Empty if nothing was asked yet.
     *
     * @param lockTimeout of the owner, who sends one each third of it
     */
    public synchronized Optional<Span> span(Duration lockTimeout) {
        Duration third = lockTimeout.dividedBy(GAPS_PER_LOCK_TIMEOUT);
        Duration longest = third.compareTo(LEAST_GAP) > 0 ? third : LEAST_GAP;
        if (until.isEmpty()) {
            return first == First.NOT_ASKED ? Optional.empty() : Optional.of(new Span(ALWAYS, ALWAYS, longest));
        }
        Instant since = ALWAYS;
        for (Gap each : gaps) {
            since = each.length().compareTo(longest) > 0 ? each.end() : since;
        }
        return Optional.of(new Span(since, until.get(), longest));
    }
}
