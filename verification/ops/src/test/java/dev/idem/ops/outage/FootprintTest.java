package dev.idem.ops.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FootprintTest {
    @Test
    void theMediansAreThoseOfTheMiddleAndTheLastThird() {
        assertThat(Footprint.medians(samples(3), Footprint::threads)).containsExactly(2L, 3L);
        assertThat(Footprint.medians(samples(9), Footprint::threads)).containsExactly(5L, 8L);
    }

    @Test
    void twoSamplesHaveNoThirds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Footprint.medians(samples(2), Footprint::threads))
                .withMessageContaining("three samples, and there are 2");
    }

    private static List<Footprint> samples(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> new Footprint(0, number, 0))
                .toList();
    }
}
