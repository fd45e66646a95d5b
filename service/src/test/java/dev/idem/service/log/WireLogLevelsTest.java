package dev.idem.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireLogLevelsTest {
    private final LoggerContext context = new LoggerContext();
    private final WireLogLevels wires = new WireLogLevels(context);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    }

    @Test
    void theLogSaysOnceWhatIsKeptAndWhy() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.DEBUG);
        context.getLogger("org.eclipse.jetty.http").setLevel(Level.TRACE);

        wires.quietenAsConfigured();
        wires.quietenAsConfigured();

        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("Kept at INFO", "log headers", "logging.loggers")
                .contains("org.eclipse.jetty.http", "org.postgresql", "redis.clients");
        assertThat(context.getLogger("org.eclipse.jetty.http.HttpParser").isDebugEnabled())
                .isFalse();
    }

    @Test
    void whereNothingIsKeptNothingIsSaid() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger("dev.idem").setLevel(Level.TRACE);

        wires.quietenAsConfigured();

        assertThat(log.list).isEmpty();
    }
}
