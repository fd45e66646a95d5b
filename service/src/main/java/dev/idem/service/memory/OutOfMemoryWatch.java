package dev.idem.service.memory;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.core.background.OutOfMemoryExit;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when it has run out of memory, wherever that shows. */
public final class OutOfMemoryWatch {
    private static final Logger log = LoggerFactory.getLogger(OutOfMemoryWatch.class);
    private static final String NAME = "memory-watch";

    private OutOfMemoryWatch() {}

    /** Watches threads that nothing else watches. For the whole process, so only the main method calls it. */
    public static void overThreads() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            OutOfMemoryExit.haltAfter(failure);
            log.error("the thread {} has ended", thread.getName(), failure);
        });
    }

    /** Watches both ports and the log. Called once, before the server is built. */
    public static void install(Environment environment) {
        everywhere(environment.servlets().addFilter(NAME, new OutOfMemoryFilter()));
        everywhere(environment.admin().addFilter(NAME, new OutOfMemoryFilter()));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        OutOfMemoryAppender inTheLog = new OutOfMemoryAppender();
        inTheLog.setContext(context);
        inTheLog.start();
        context.addTurboFilter(inTheLog);
    }

    private static void everywhere(FilterRegistration.Dynamic filter) {
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
