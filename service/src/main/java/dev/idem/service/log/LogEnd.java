package dev.idem.service.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The end of a command's log. Threads that a process does not wait for write its lines, so the last ones could be lost. */
public final class LogEnd {
    private LogEnd() {}

    /** Writes what this process has logged. Nothing is logged after that. */
    public static void write() {
        write((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    static void write(LoggerContext logs) {
        logs.stop();
    }
}
