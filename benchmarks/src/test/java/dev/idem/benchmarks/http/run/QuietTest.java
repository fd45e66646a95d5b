package dev.idem.benchmarks.http.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QuietTest {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final StringWriter said = new StringWriter();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void waitsForTheOneThatStillWorks() throws InterruptedException {
        // Busy while it is looked at three times.
        Supplier<Duration> busy = () -> Duration.ofSeconds(Math.min(asked.getAndIncrement(), 3));

        quiet(Duration.ofMinutes(1), List.of(() -> Duration.ofSeconds(7), busy)).await();

        assertThat(asked).hasValue(5);
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void goesOnAndSaysSoWhenOneNeverEnds() throws InterruptedException {
        quiet(Duration.ZERO, List.of(() -> Duration.ofSeconds(asked.getAndIncrement())))
                .await();

        assertThat(said.toString()).contains("still take").contains("of a processor");
    }

    private Quiet quiet(Duration patience, List<Supplier<Duration>> servers) {
        return new Quiet(servers, LOOK, patience, new PrintWriter(said, true));
    }
}
