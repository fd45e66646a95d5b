package dev.idem.service.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class StopDeadlineTest {
    private final AtomicBoolean halted = new AtomicBoolean();
    private final LoggerContext logs = new LoggerContext();
    private final StopDeadline deadline = new StopDeadline(logs, () -> halted.set(true));

    @Test
    void aStopThatHangsEndsTheProcess() {
        deadline.begin(Duration.ofMillis(1));

        await().untilTrue(halted);
    }

    @Test
    void theLogIsWrittenBeforeTheProcessEnds() {
        logs.setMDCAdapter(new LogbackMDCAdapter());
        logs.start();
        Slow slow = new Slow();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(logs);
        queue.addAppender(slow);
        slow.start();
        queue.start();
        logs.getLogger("test").addAppender(queue);
        logs.getLogger("test").warn("one");
        logs.getLogger("test").warn("two");

        deadline.begin(Duration.ZERO);

        await().untilTrue(halted);
        assertThat(slow.written).containsExactly("one", "two");
    }

    @Test
    void aStopThatEndsInTimeDoesNot() {
        deadline.met();
        deadline.begin(Duration.ZERO);

        await().during(Duration.ofMillis(50)).untilFalse(halted);
        assertThat(halted).isFalse();
    }

    /** Writes nothing until its queue is being stopped. */
    private static final class Slow extends AppenderBase<ILoggingEvent> {
        private final CountDownLatch stopping = new CountDownLatch(1);
        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            try {
                stopping.await();
            } catch (InterruptedException stopped) {
                stopping.countDown();
            }
            written.add(line.getMessage());
        }
    }
}
