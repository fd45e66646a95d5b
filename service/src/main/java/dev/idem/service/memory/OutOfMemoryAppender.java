package dev.idem.service.memory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.idem.core.background.OutOfMemoryExit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Finds errors that libraries catch on their own threads, such as the server's pool and selectors: they log them and go
 * on. Events below the log level are examined, too. Thread-safe.
 */
final class OutOfMemoryAppender extends TurboFilter {
    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (thrown != null) {
            OutOfMemoryExit.haltAfter(thrown);
        } else if (parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof Throwable last) {
            OutOfMemoryExit.haltAfter(last);
        }
        return FilterReply.NEUTRAL;
    }
}
