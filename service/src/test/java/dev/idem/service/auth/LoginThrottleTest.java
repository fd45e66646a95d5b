package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.service.address.AddressLiteral;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final LoginAttempt ANN = attempt("ann", "192.0.2.1");

    private Instant now = Instant.EPOCH;
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    private static LoginAttempt attempt(String email, String address) {
        return LoginAttempt.of(email, AddressLiteral.read(address).orElseThrow());
    }

    @Test
    void theEleventhFailureWaitsUntilTheFirstIsAMinuteOld() {
        fail(1);
        pass(Duration.ofSeconds(40));
        fail(9);

        assertThat(throttle.refusal(ANN)).contains(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(20));
        assertThat(throttle.refusal(ANN)).isEmpty();
    }

    @Test
    void noMinuteHasMoreThanTenFailures() {
        fail(1);
        pass(Duration.ofSeconds(59));
        fail(9);
        pass(Duration.ofSeconds(1));
        fail(1);

        assertThat(throttle.refusal(ANN)).contains(Duration.ofSeconds(59));
    }

    @Test
    void tenFailuresLockNobodyElseOut() {
        fail(10);

        assertThat(throttle.refusal(ANN)).isPresent();
        assertThat(throttle.refusal(attempt("bob", "192.0.2.1"))).isEmpty();
        assertThat(throttle.refusal(attempt("ann", "192.0.2.2"))).isEmpty();
    }

    @Test
    void anAccountIsOneHoweverItIsWritten() {
        for (String email : new String[] {"Ann@example.com", " ann@EXAMPLE.com", "ANN@example.com\u2003"}) {
            for (int i = 0; i < 4; i++) {
                throttle.failed(attempt(email, "192.0.2.1"));
            }
        }

        assertThat(throttle.refusal(attempt("ann@example.com", "192.0.2.1"))).isPresent();
        assertThat(throttle.refusal(attempt("ann@example.org", "192.0.2.1"))).isEmpty();
    }

    @Test
    void anAddressHasAHundredFailuresAMinuteWhateverTheAccounts() {
        for (int i = 0; i < 99; i++) {
            throttle.failed(attempt("account " + i, "192.0.2.1"));
        }
        assertThat(throttle.refusal(attempt("another", "192.0.2.1"))).isEmpty();
        throttle.failed(attempt("account 99", "192.0.2.1"));

        assertThat(throttle.refusal(attempt("another", "192.0.2.1"))).contains(Duration.ofMinutes(1));
        assertThat(throttle.refusal(attempt("another", "192.0.2.2"))).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(throttle.refusal(attempt("another", "192.0.2.1"))).isEmpty();
    }

    @Test
    void theAddressesOfANetworkOfSixtyFourBitsAreOne() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(attempt("ann", "2001:db8:1:2:" + i + "::" + i));
        }

        assertThat(throttle.refusal(attempt("ann", "2001:db8:1:2:ffff::1"))).isPresent();
        assertThat(throttle.refusal(attempt("ann", "2001:db8:1:3::1"))).isEmpty();
        assertThat(throttle.refusal(attempt("ann", "192.0.2.1"))).isEmpty();
    }

    @Test
    void anAddressIsOneWhicheverVersionItIsWrittenFor() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(attempt("ann", "::ffff:192.0.2.1"));
        }

        assertThat(throttle.refusal(ANN)).isPresent();
        assertThat(throttle.refusal(attempt("ann", "::ffff:192.0.2.2"))).isEmpty();
    }

    @Test
    void guessesFromManyPlacesHaveAHundredAnHour() {
        failFromEverywhere();

        assertThat(throttle.refusal(ANN)).contains(Duration.ofHours(1));
        assertThat(throttle.refusal(attempt("bob", "192.0.2.1"))).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(throttle.refusal(ANN)).isEmpty();
    }

    @Test
    void strangersDoNotLockAnybodyOutOfWhereTheyHaveBeen() {
        throttle.succeeded(ANN);
        throttle.succeeded(attempt("bob", "192.0.2.3"));
        failFromEverywhere();

        assertThat(throttle.refusal(ANN)).isEmpty();
        assertThat(throttle.refusal(attempt("ann", "192.0.2.3"))).isPresent();
    }

    @Test
    void aSuccessForgivesNoFailure() {
        fail(10);
        throttle.succeeded(ANN);

        assertThat(throttle.refusal(ANN)).isPresent();
    }

    private void failFromEverywhere() {
        for (int i = 0; i < 100; i++) {
            throttle.failed(attempt("ann", "198.51.100." + i));
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(ANN);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
