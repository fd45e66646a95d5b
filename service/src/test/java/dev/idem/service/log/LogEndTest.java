package dev.idem.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LogEndTest {
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<String> written = new CopyOnWriteArrayList<>();

    /** Dropwizard waits until the queue is empty, and so not for the line that is being written. */
    @Test
    void theLineThatIsBeingWrittenIsWaitedFor() throws Exception {
        LoggerContext logs = new LoggerContext();
        logs.setMDCAdapter(new LogbackMDCAdapter());
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(logs);
        queue.addAppender(started(logs));
        queue.start();
        logs.getLogger("ROOT").addAppender(queue);
        logs.getLogger("a").info("Configuration is OK");
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.getNumberOfElementsInQueue()).isZero();

        Thread ending = new Thread(() -> LogEnd.write(logs));
        ending.start();
        slow.countDown();
        ending.join();

        assertThat(written).containsExactly("Configuration is OK");
    }

    private AppenderBase<ILoggingEvent> started(LoggerContext logs) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                taken.countDown();
                boolean interrupted = false;
                while (slow.getCount() > 0) {
                    try {
                        slow.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                written.add(event.getFormattedMessage());
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        appender.setContext(logs);
        appender.start();
        return appender;
    }
}
