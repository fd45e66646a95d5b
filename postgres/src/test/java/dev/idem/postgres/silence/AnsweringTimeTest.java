package dev.idem.postgres.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.postgres.silence.AnsweringTime.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AnsweringTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final AnsweringTime answering = new AnsweringTime();

    private void answeredAfter(long... millis) {
        for (long each : millis) {
            answering.answered(NOON.plusMillis(each));
        }
    }

    @Test
    void nothingIsKnownBeforeTheFirstAnswer() {
        assertThat(answering.span()).isEmpty();
    }

    @Test
    void answersThatFollowOneAnotherAreOneTime() {
        answeredAfter(0, 500, 1_000, 2_900);

        assertThat(answering.span()).contains(new Span(Instant.EPOCH, NOON.plusMillis(2_900)));
    }

    @Test
    void aGapBeginsAnother() {
        answeredAfter(0, 500, 5_500, 6_000);

        assertThat(answering.span()).contains(new Span(NOON.plusMillis(5_500), NOON.plusMillis(6_000)));
    }

    @Test
    void twoAnswersMayOvertakeEachOther() {
        answeredAfter(0, 500, 499);

        assertThat(answering.span()).contains(new Span(Instant.EPOCH, NOON.plusMillis(500)));
    }

    @Test
    void aClockThatIsSetBackMakesNobodyWaitForIt() {
        answeredAfter(0, 5_500);
        Instant back = NOON.minus(Duration.ofHours(1));
        answering.answered(back);

        assertThat(answering.span()).contains(new Span(back, back));
    }
}
