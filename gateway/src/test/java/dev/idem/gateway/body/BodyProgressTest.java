package dev.idem.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final BodyProgress progress =
            new BodyProgress(new MinimumBodyRate(100, Duration.ofSeconds(2), Duration.ofSeconds(10)));

    @Test
    void whoSendsNothingIsTooSlowWhenTheTimeIsOver() {
        progress.waits(0);

        assertThat(progress.isTooSlow(SECOND)).isFalse();
        assertThat(progress.untilNextLook()).isEqualTo(SECOND);
        assertThat(progress.isTooSlow(2 * SECOND)).isTrue();
    }

    @Test
    void whatCameEarlierIsNoCreditForLater() {
        progress.waits(0);
        progress.waitsNoMore(SECOND);
        progress.came(1_000_000);
        progress.waits(SECOND);

        assertThat(progress.isTooSlow(2 * SECOND)).isFalse();
        assertThat(progress.isTooSlow(4 * SECOND)).isTrue();
    }

    @Test
    void theTimeInWhichNobodyWaitsForTheClientIsNotItsTime() {
        progress.waits(0);
        progress.waitsNoMore(SECOND);
        progress.waits(100 * SECOND);

        assertThat(progress.isTooSlow(100 * SECOND + SECOND / 2)).isFalse();
        assertThat(progress.untilNextLook()).isEqualTo(SECOND / 2);
        assertThat(progress.isTooSlow(101 * SECOND)).isTrue();
    }

    @Test
    void whoKeepsTheRateMayGoOnForAsLongAsABodyMayTake() {
        progress.waits(0);
        for (int second = 2; second < 10; second += 2) {
            progress.came(200);
            assertThat(progress.isTooSlow(second * SECOND)).isFalse();
        }
        progress.came(1_000_000);

        assertThat(progress.isTooSlow(10 * SECOND)).isTrue();
    }

    @Test
    void withoutARateOnlyTheLongestTimeCounts() {
        BodyProgress any = new BodyProgress(new MinimumBodyRate(0, Duration.ofSeconds(2), Duration.ofSeconds(10)));
        any.waits(0);

        assertThat(any.isTooSlow(9 * SECOND)).isFalse();
        assertThat(any.untilNextLook()).isEqualTo(SECOND);
        assertThat(any.isTooSlow(10 * SECOND)).isTrue();
    }
}
