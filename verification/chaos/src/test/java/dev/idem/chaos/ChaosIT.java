package dev.idem.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.chaos.check.Consistency;
import dev.idem.chaos.run.ChaosRun;
import dev.idem.chaos.run.Report;
import dev.idem.chaos.run.RunSettings;
import dev.idem.verification.support.RandomForm;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything breaks but both stores at once, and each request takes effect once. */
final class ChaosIT {
    private static final Logger log = LoggerFactory.getLogger(ChaosIT.class);
    private static final RandomForm FORM = RandomForm.asked();
    private static final Duration USUAL = Duration.ofSeconds(FORM.length(15, 120));

    @ParameterizedTest
    @EnumSource
    void aKeyTakesEffectOnceWhateverBreaks(Consistency consistency) throws Exception {
        String asked = System.getProperty("chaos.consistency", "both");
        assumeTrue(asked.equals("both") || asked.equals(consistency.word()), "-Dchaos.consistency leaves it out");

        Report report = new ChaosRun(RunSettings.of(consistency, seed(), lasts())).run();

        log.info("{}", report.summary());
        assertThat(report.verdict().violations()).as(report::details).isEmpty();
        assertThat(report.verdict().keys()).isPositive();
    }

    private static Duration lasts() {
        Long minutes = Long.getLong("chaos.minutes");
        return minutes == null ? USUAL : Duration.ofMinutes(minutes);
    }

    /** The short form is the same each time, a longer one a new one. */
    private static long seed() {
        long usual = Long.getLong("chaos.minutes") == null
                ? FORM.seed()
                : ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        return Long.getLong("chaos.seed", usual);
    }
}
