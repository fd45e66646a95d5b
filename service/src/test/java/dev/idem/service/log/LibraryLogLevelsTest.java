package dev.idem.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryLogLevelsTest {
    private static final String SENTINELS = "redis.clients.jedis.providers.SentineledConnectionProvider";

    private final LoggerContext context = new LoggerContext();

    @Test
    void aLibraryThatRepeatsWhatItThrowsIsSilent() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);

        new LibraryLogLevels(context).silenceUnlessConfigured();

        assertThat(List.of(
                        SENTINELS,
                        "com.github.benmanes.caffeine.cache.LocalAsyncCache",
                        "org.apache.tomcat.jdbc.pool.ConnectionPool"))
                .noneMatch(name -> context.getLogger(name).isErrorEnabled());
        assertThat(context.getLogger("dev.idem").isInfoEnabled()).isTrue();
    }

    @Test
    void aConfiguredLevelStays() {
        context.getLogger(SENTINELS).setLevel(Level.WARN);

        new LibraryLogLevels(context).silenceUnlessConfigured();

        assertThat(context.getLogger(SENTINELS).isWarnEnabled()).isTrue();
    }
}
