package dev.idem.benchmarks.http.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KeyPatternTest {
    private final AtomicLong unused = new AtomicLong(KeyPattern.ANSWERED);

    @Test
    void repeatsAreOfAnsweredOrders() {
        assertThat(numbers(KeyPattern.REPEATS, 1_000)).allMatch(number -> number >= 0 && number < KeyPattern.ANSWERED);
    }

    @Test
    void halfOfThemAreNew() {
        assertThat(numbers(KeyPattern.HALF_REPEATS, 10_000).stream()
                        .filter(number -> number >= KeyPattern.ANSWERED)
                        .distinct()
                        .count())
                .isBetween(4_800L, 5_200L);
    }

    @Test
    void sixteenOfEachAndThenTheNext() {
        List<Long> numbers = numbers(KeyPattern.SIXTEEN, 48);

        assertThat(numbers.subList(0, 16)).containsOnly(numbers.get(0));
        assertThat(numbers.subList(16, 32)).containsOnly(numbers.get(16));
        assertThat(numbers.stream().distinct()).hasSize(3);
    }

    private List<Long> numbers(KeyPattern pattern, int count) {
        LongSupplier numbers = pattern.numbers(unused::getAndIncrement, 1);
        return LongStream.generate(numbers).limit(count).boxed().toList();
    }
}
