package dev.idem.service.log;

import ch.qos.logback.access.jetty.RequestLogImpl;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** Keeps logback's notes about its own versions, which a request log prints when it starts, out of the log. */
public final class QuietRequestLog implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server && server.getRequestLog() instanceof RequestLogImpl log) {
            log.setQuiet(true);
        }
    }
}
