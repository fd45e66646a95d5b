package dev.idem.service.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;

/**
 * Loggers that are off unless the configuration gives them a level. Libraries log each failed attempt to reach a store with its stack
 * trace, and then throw the same failure; the layer logs an outage once, with its cause. Others log that a client has hung up, or what it
 * sent, word for word.
 */
public record LibraryLogLevels(LoggerContext context) {
    private static final List<String> NAMES = List.of(
            "redis.clients.jedis",
            "com.github.benmanes.caffeine.cache.BoundedLocalCache",
            "com.github.benmanes.caffeine.cache.LocalAsyncCache",
            "org.apache.tomcat.jdbc.pool.ConnectionPool",
            "org.eclipse.jetty.util.HostPort",
            "org.glassfish.jersey.server.ServerRuntime$Responder");

    public void silenceUnlessConfigured() {
        NAMES.stream().filter(name -> !isConfigured(name)).forEach(name -> context.getLogger(name)
                .setLevel(Level.OFF));
    }

    /** Itself, its parents but the root, or one of its children. */
    private boolean isConfigured(String name) {
        return context.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .map(Logger::getName)
                .anyMatch(known -> !known.equals(Logger.ROOT_LOGGER_NAME)
                        && (name.equals(known) || name.startsWith(known + '.') || known.startsWith(name + '.')));
    }
}
