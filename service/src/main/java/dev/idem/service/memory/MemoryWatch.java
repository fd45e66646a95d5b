package dev.idem.service.memory;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.core.background.Maimed;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for signs that the process has run out of memory, wherever they show. */
public final class MemoryWatch {
    private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);
    private static final String NAME = "memory-watch";

    private MemoryWatch() {}

    /** On threads that nobody else looks at; for the whole process, and so for its main method only. */
    public static void overThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            Maimed.haltAfter(failure);
            log.error("the thread {} has ended", thread.getName(), failure);
        });
    }

    /** On both ports, and in the log. To be called once, before the server is built. */
    public static void install(Environment environment) {
        everywhere(environment.servlets().addFilter(NAME, new ServletWatch()));
        everywhere(environment.admin().addFilter(NAME, new ServletWatch()));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogWatch inTheLog = new LogWatch();
        inTheLog.setContext(context);
        inTheLog.start();
        context.addTurboFilter(inTheLog);
    }

    private static void everywhere(FilterRegistration.Dynamic filter) {
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
