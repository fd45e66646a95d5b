package dev.idem.postgres.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.postgres.silence.AnsweringTime.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AnsweringTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AnsweringTime answering = new AnsweringTime();

    private static Span span(long sinceMillis, long untilMillis, long gapSeconds) {
        return new Span(NOON.plusMillis(sinceMillis), NOON.plusMillis(untilMillis), Duration.ofSeconds(gapSeconds));
    }

    private void answeredAfter(long... millis) {
        for (long each : millis) {
            answering.answered(NOON.plusMillis(each));
        }
    }

    @Test
    void nothingIsKnownBeforeTheFirstWrite() {
        assertThat(answering.span(SHORT)).isEmpty();
    }

    @Test
    void nobodyIsTakenOverFromBeforeTheFirstAnswer() {
        answering.asked();

        assertThat(answering.span(SHORT))
                .hasValueSatisfying(span -> assertThat(span.until()).isEqualTo(Instant.EPOCH));
    }

    @Test
    void aNodeWhoseFirstWriteIsAnsweredKnowsOfNoGap() {
        answering.asked();
        answeredAfter(0);

        assertThat(answering.span(SHORT)).contains(new Span(Instant.EPOCH, NOON, Duration.ofSeconds(1)));
    }

    /** It does not know for how long, so it begins to count. */
    @Test
    void aNodeThatStartsDuringAnOutageHasSeenAGap() {
        answering.asked();
        answering.asked();
        answeredAfter(0);

        assertThat(answering.span(SHORT)).contains(span(0, 0, 1));
        assertThat(answering.span(Duration.ofDays(1)).orElseThrow().since()).isEqualTo(NOON);
    }

    @Test
    void answersThatFollowOneAnotherAreOneTime() {
        answeredAfter(0, 500, 1_000, 1_900);

        assertThat(answering.span(SHORT))
                .contains(new Span(Instant.EPOCH, NOON.plusMillis(1_900), Duration.ofSeconds(1)));
    }

    @Test
    void aGapBeginsAnother() {
        answeredAfter(0, 500, 5_500, 6_000);

        assertThat(answering.span(SHORT)).contains(span(5_500, 6_000, 1));
    }

    /** An owner with a long lock timeout still has time for another heartbeat after it. */
    @Test
    void howLongAGapMatchesTheLockTimeout() {
        answeredAfter(0, 12_000, 17_000, 17_500, 19_500);

        assertThat(answering.span(SHORT)).contains(span(19_500, 19_500, 1));
        assertThat(answering.span(Duration.ofSeconds(9))).contains(span(17_000, 19_500, 3));
        assertThat(answering.span(LONG)).contains(span(12_000, 19_500, 10));
    }

    @Test
    void aLongGapHidesTheShortOnesBeforeIt() {
        answeredAfter(0, 2_000, 5_000, 25_000);

        assertThat(answering.span(SHORT)).contains(span(25_000, 25_000, 1));
        assertThat(answering.span(LONG)).contains(span(25_000, 25_000, 10));
    }

    @Test
    void twoAnswersMayOvertakeEachOther() {
        answeredAfter(0, 500, 499);

        assertThat(answering.span(SHORT))
                .contains(new Span(Instant.EPOCH, NOON.plusMillis(500), Duration.ofSeconds(1)));
    }

    @Test
    void aClockThatIsSetBackMakesNobodyWaitForIt() {
        answeredAfter(0, 5_500);
        Instant back = NOON.minus(Duration.ofHours(1));
        answering.answered(back);

        assertThat(answering.span(SHORT)).contains(new Span(back, back, Duration.ofSeconds(1)));
    }
}
