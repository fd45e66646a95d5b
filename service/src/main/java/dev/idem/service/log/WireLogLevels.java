package dev.idem.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loggers of libraries that log traffic below INFO: headers with tokens and keys, bodies with passwords, values of
 * statements. They stay at INFO, whatever the configuration or an operator says. Thread-safe.
 */
public record WireLogLevels(LoggerContext context) {
    private static final List<String> NAMES = List.of(
            "org.eclipse.jetty",
            "org.glassfish.jersey",
            "org.postgresql",
            "redis.clients",
            "jdk.httpclient",
            "org.apache.hc");

    /** @return the names of the loggers that would have logged more */
    public List<String> quieten() {
        List<String> below = context.getLoggerList().stream()
                .filter(WireLogLevels::isOfAWire)
                .filter(logger -> logger.getLevel() != null && isBelowInfo(logger.getLevel()))
                .map(Logger::getName)
                .toList();
        below.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
        List<String> inheriting = NAMES.stream()
                .filter(name -> isBelowInfo(context.getLogger(name).getEffectiveLevel()))
                .toList();
        inheriting.forEach(name -> context.getLogger(name).setLevel(Level.INFO));
        return Stream.concat(below.stream(), inheriting.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The same for the configured levels, with a log line. */
    public void quietenAsConfigured() {
        List<String> kept = quieten();
        if (!kept.isEmpty()) {
            context.getLogger(WireLogLevels.class)
                    .warn("{}. logging.level or logging.loggers asks for more.", said(kept));
        }
    }

    /** A sentence about the loggers that stayed at INFO. */
    static String said(List<String> kept) {
        return "Kept at INFO, because they log headers and bodies: " + String.join(", ", kept);
    }

    private static boolean isOfAWire(Logger logger) {
        return NAMES.stream()
                .anyMatch(name ->
                        logger.getName().equals(name) || logger.getName().startsWith(name + '.'));
    }

    private static boolean isBelowInfo(Level level) {
        return !level.isGreaterOrEqual(Level.INFO);
    }
}
