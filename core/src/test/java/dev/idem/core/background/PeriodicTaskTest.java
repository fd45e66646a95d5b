package dev.idem.core.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeriodicTaskTest {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    static Stream<Throwable> whateverIsThrown() {
        return Stream.of(
                new IllegalStateException("thrown by the test"),
                new NoClassDefFoundError("thrown by the test"),
                new AssertionError("thrown by the test"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("whateverIsThrown")
    void aRoundThatFailsIsFollowedByTheNext(Throwable failure) {
        new PeriodicTask(executor).repeat("a test", Duration.ZERO, PAUSE, () -> {
            rounds.incrementAndGet();
            PeriodicTaskTest.<RuntimeException>raise(failure);
        });

        await().untilAtomic(rounds, org.hamcrest.Matchers.greaterThan(3));
    }

    @ParameterizedTest
    @MethodSource("whateverIsThrown")
    void aStepThatFailsIsFollowedByTheNext(Throwable failure) throws InterruptedException {
        AtomicInteger ends = new AtomicInteger();
        Thread thread = DaemonThreads.of(
                "a-test",
                new WorkerLoop(
                        "a test",
                        () -> {
                            if (rounds.incrementAndGet() == 1) {
                                PeriodicTaskTest.<RuntimeException>raise(failure);
                            }
                            return rounds.get() < 3;
                        },
                        ends::incrementAndGet));
        thread.start();
        thread.join(10_000);

        assertThat(rounds).hasValue(3);
        assertThat(ends).hasValue(1);
    }

    @Test
    void aLoopThatIsInterruptedDoesItsLastWork() throws InterruptedException {
        AtomicInteger ends = new AtomicInteger();
        Thread thread = DaemonThreads.of(
                "a-test",
                new WorkerLoop(
                        "a test",
                        () -> {
                            Thread.sleep(60_000);
                            return true;
                        },
                        ends::incrementAndGet));
        thread.start();
        thread.interrupt();
        thread.join(10_000);

        assertThat(ends).hasValue(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
