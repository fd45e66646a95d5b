package dev.idem.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdaptiveWindowTest {
    private static final Duration FLOOR = Duration.ofMillis(100);
    private static final Duration CEILING = Duration.ofSeconds(5);
    private static final Scope ANN = new Scope("user:ann");
    private static final Scope BOB = new Scope("user:bob");

    private final AtomicLong clock = new AtomicLong();
    private final AdaptiveWindow window = new AdaptiveWindow(FLOOR, CEILING, clock::get);
    private int requests;

    @Test
    void aCallerOfWhomNothingIsKnownHasTheShortest() {
        assertThat(window.of(ANN)).isEqualTo(FLOOR);
    }

    @Test
    void aRepeatThatCameTooLateMakesItLongEnoughForTheNext() {
        repeatAfter(ANN, Duration.ofMillis(400), true);

        assertThat(window.of(ANN)).isGreaterThan(Duration.ofMillis(400)).isLessThan(CEILING);
    }

    @Test
    void repeatsThatAreRecognisedTeachToo() {
        repeatAfter(ANN, Duration.ofMillis(80), false);

        assertThat(window.of(ANN)).isGreaterThan(FLOOR).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void repeatsThatAlwaysComeAtTheSameTimeLeaveLittleToSpare() {
        for (int i = 0; i < 50; i++) {
            repeatAfter(ANN, Duration.ofMillis(400), true);
        }

        assertThat(window.of(ANN)).isBetween(Duration.ofMillis(400), Duration.ofMillis(450));
    }

    @Test
    void itIsNeverLongerThanTheCeiling() {
        for (int i = 0; i < 5; i++) {
            repeatAfter(ANN, Duration.ofMillis(4_900), true);
        }

        assertThat(window.of(ANN)).isEqualTo(CEILING);
    }

    @Test
    void whatComesLaterThanTheCeilingIsMeantAndTeachesNothing() {
        repeatAfter(ANN, CEILING.plusMillis(1), true);

        assertThat(window.of(ANN)).isEqualTo(FLOOR);
    }

    @Test
    void oneCallersRepeatsSayNothingAboutAnother() {
        repeatAfter(ANN, Duration.ofSeconds(1), true);

        assertThat(window.of(BOB)).isEqualTo(FLOOR);
    }

    @Test
    void otherRequestsOfTheSameCallerAreNoRepeats() {
        window.saw(ANN, request(1), true);
        pass(Duration.ofSeconds(1));
        window.saw(ANN, request(2), true);

        assertThat(window.of(ANN)).isEqualTo(FLOOR);
    }

    @Test
    void whatWasLearnedIsForgottenByHalves() {
        repeatAfter(ANN, Duration.ofMillis(500), true);
        Duration learned = window.of(ANN).minus(FLOOR);

        pass(AdaptiveWindow.HALF_LIFE);
        assertThat(window.of(ANN).minus(FLOOR)).isCloseTo(learned.dividedBy(2), Duration.ofMillis(1));

        pass(AdaptiveWindow.HALF_LIFE.multipliedBy(20));
        assertThat(window.of(ANN)).isCloseTo(FLOOR, Duration.ofMillis(1));
    }

    @Test
    void aCeilingBelowTheFloorIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveWindow(FLOOR, Duration.ofMillis(99)));
    }

    private void repeatAfter(Scope caller, Duration late, boolean executed) {
        Fingerprint request = request(++requests);
        window.saw(caller, request, true);
        pass(late);
        window.saw(caller, request, executed);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Fingerprint request(int number) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) number;
        return new Fingerprint(digest);
    }
}
