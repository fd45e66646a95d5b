package dev.idem.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Scope;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

final class RolloutPropertyTest {

    @Property
    void whoIsInStaysInAtEveryHigherPercentage(
            @ForAll @StringLength(min = 1, max = 60) @CharRange(from = '!', to = '~') String caller,
            @ForAll @IntRange(max = 10_000) int lower,
            @ForAll @IntRange(max = 10_000) int more) {
        Scope scope = new Scope(caller);
        Percentage higher = new Percentage(Math.min(10_000, lower + more));

        assertThat(!new Percentage(lower).includes(scope) || higher.includes(scope))
                .isTrue();
    }

    @Property
    void aWholePercentageHasThoseWhomItAlwaysHad(
            @ForAll @StringLength(min = 1, max = 60) @CharRange(from = '!', to = '~') String caller,
            @ForAll @IntRange(max = 100) int percent) {
        CRC32 crc = new CRC32();
        crc.update(caller.getBytes(StandardCharsets.US_ASCII));

        assertThat(new Percentage(percent * 100).includes(new Scope(caller))).isEqualTo(crc.getValue() % 100 < percent);
    }

    @Property(tries = 20)
    void aboutTheShareAskedForIsIn(@ForAll @IntRange(min = 1, max = 9_999) int hundredths) {
        Percentage share = new Percentage(hundredths);
        long in = IntStream.range(0, 20_000)
                .filter(i -> share.includes(new Scope("user:" + i)))
                .count();

        assertThat(in / 2.0).isBetween(hundredths - 150.0, hundredths + 150.0);
    }
}
