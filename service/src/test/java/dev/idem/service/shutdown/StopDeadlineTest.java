package dev.idem.service.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class StopDeadlineTest {
    private final AtomicBoolean halted = new AtomicBoolean();
    private final StopDeadline deadline = new StopDeadline(() -> halted.set(true));

    @Test
    void aStopThatHangsEndsTheProcess() {
        deadline.begin(Duration.ofMillis(1));

        await().untilTrue(halted);
    }

    @Test
    void aStopThatEndsInTimeDoesNot() {
        deadline.met();
        deadline.begin(Duration.ZERO);

        await().during(Duration.ofMillis(50)).untilFalse(halted);
        assertThat(halted).isFalse();
    }
}
