package dev.idem.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.idem.dropwizard.task.TaskFailedException;
import io.dropwizard.servlets.tasks.TaskServlet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps the stack trace of a failure out of the log that the command's last line says as a sentence, and writes that of a task as one
 * line. Thread-safe.
 *
 * @see dev.idem.service.stores.CommandErrors
 */
public final class SentencesOnly extends TurboFilter {
    private final Predicate<Throwable> isSentence;

    /** @param isSentence which failures these are */
    public SentencesOnly(Predicate<Throwable> isSentence) {
        this.isSentence = isSentence;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        @Nullable TaskFailedException task = ofTask(logger, parameters);
        if (task != null) {
            logger.error("A task failed: {}", String.valueOf(task.getMessage()));
            return FilterReply.DENY;
        }
        return failure != null && logger.getName().startsWith("io.dropwizard.core.cli.") && isSentence.test(failure)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** What a task says to its operator. Dropwizard passes the failure as the last parameter. */
    private static @Nullable TaskFailedException ofTask(Logger logger, Object @Nullable [] parameters) {
        return parameters != null
                        && parameters.length > 0
                        && logger.getName().equals(TaskServlet.class.getName())
                        && parameters[parameters.length - 1] instanceof TaskFailedException failed
                ? failed
                : null;
    }
}
