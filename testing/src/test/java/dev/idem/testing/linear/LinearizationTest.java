package dev.idem.testing.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.testing.linear.Linearization.Call;
import dev.idem.testing.linear.Linearization.Next;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations on a number: 1 to 9 puts that number, 0 gets the last one. */
class LinearizationTest {

    @Test
    void whatCameOneAfterTheOtherIsExplainedByItself() {
        assertThat(isExplained(List.of(put(1, 0, 1), got(1, 2, 3), put(2, 4, 5), got(2, 6, 7))))
                .isTrue();
    }

    @Test
    void aCallThatEndedBeforeAnotherBeganComesBeforeIt() {
        assertThat(isExplained(List.of(put(1, 0, 1), put(2, 2, 3), got(1, 4, 5))))
                .isFalse();
        assertThat(isExplained(List.of(put(1, 0, 1), got(0, 2, 3)))).isFalse();
    }

    @Test
    void callsThatOverlapMayHaveComeInEitherOrder() {
        assertThat(isExplained(List.of(put(1, 0, 9), got(0, 1, 2), got(1, 3, 4))))
                .isTrue();
        assertThat(isExplained(List.of(put(1, 0, 5), put(2, 0, 5), got(1, 6, 7))))
                .isTrue();
        assertThat(isExplained(List.of(put(1, 0, 5), put(2, 0, 5), got(2, 6, 7))))
                .isTrue();
    }

    @Test
    void callsThatOverlapHaveOneOrderForAll() {
        assertThat(isExplained(List.of(put(1, 0, 9), got(1, 1, 2), got(0, 3, 4))))
                .isFalse();
        assertThat(isExplained(List.of(put(1, 0, 5), put(2, 0, 5), got(1, 6, 7), got(2, 8, 9))))
                .isFalse();
    }

    @Test
    void nothingIsExplained() {
        assertThat(isExplained(List.of())).isTrue();
    }

    @Test
    @Timeout(10)
    void whatLeadsNowhereIsTriedOnce() {
        List<Call<Integer, Integer>> oneOfThemIsWrong = IntStream.range(0, 13)
                .mapToObj(i -> i == 0 ? got(7, 0, 1) : put(i % 3 + 1, 0, 1))
                .toList();

        // Without remembering failures there would be 12! orders to try.
        assertThat(Linearization.exists(oneOfThemIsWrong, 0, LinearizationTest::number))
                .isFalse();
    }

    @Test
    void moreCallsThanCanBeSearchedAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        Linearization.exists(Collections.nCopies(64, put(1, 0, 1)), 0, LinearizationTest::number));
    }

    private static boolean isExplained(List<Call<Integer, Integer>> calls) {
        return Linearization.exists(calls, 0, LinearizationTest::number);
    }

    private static Next<Integer, Integer> number(int state, int put) {
        return put == 0 ? new Next<>(state, state) : new Next<>(put, 0);
    }

    private static Call<Integer, Integer> put(int number, long begin, long end) {
        return new Call<>(number, 0, begin, end);
    }

    private static Call<Integer, Integer> got(int number, long begin, long end) {
        return new Call<>(0, number, begin, end);
    }
}
