package dev.idem.service.shutdown;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.http.jetty.LingeringClose;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ShutdownThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets load balancers find out that this node stops, before it refuses anything: it is unready first, then serves for a while
 * and sends its clients away, then refuses requests with 503. From then on a process that was told to end has a deadline.
 * Thread-safe.
 */
public final class Drain implements LifeCycle.Listener {
    /** For all that follows the requests: the journal, the audit trail, connections and embedded servers. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(20);

    /** For connections that have nothing left to serve. */
    private static final Duration LAST_OF_JETTY = Duration.ofSeconds(1);

    /** The exit code after SIGTERM. */
    private static final int TERMINATED = 143;

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Readiness readiness;
    private final Duration delay;
    private final DrainHandler handler = new DrainHandler();
    private final StopDeadline deadline =
            new StopDeadline((LoggerContext) LoggerFactory.getILoggerFactory(), () -> Runtime.getRuntime()
                    .halt(TERMINATED));
    private volatile boolean serving;

    /**
     * @param readiness tells the load balancers
     * @param delay how long requests are served after that
     */
    public Drain(Readiness readiness, Duration delay) {
        this.readiness = readiness;
        this.delay = delay;
    }

    /** Before the handlers that count requests: what is refused need not be waited for. */
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server) {
            Handler.Singleton above = server;
            while (above.getHandler() instanceof LingeringClose lingering) {
                above = lingering;
            }
            above.insertHandler(handler);
        }
    }

    @Override
    public void lifeCycleStarted(LifeCycle started) {
        serving = true;
    }

    @Override
    public void lifeCycleStopping(LifeCycle stopping) {
        if (!serving) {
            return; // the start has failed
        }
        readiness.refuse(Readiness.Reason.DRAINING, "The node is stopping, and serves requests until then.");
        handler.drain();
        if (!delay.isZero()) {
            log.info("Stopping: requests are served for {} s (shutdown.drainDelay)", delay.toMillis() / 1000.0);
            await();
        }
        handler.refuse();
        if (stopping instanceof Server server) {
            if (Thread.currentThread() instanceof ShutdownThread) {
                deadline.begin(LAST_STEPS.plusMillis(server.getStopTimeout()));
            }
            awaitServed(server);
        }
    }

    /**
     * Within the grace period, with connections as they are: Jetty ends those of HTTP/2 a second after its stop has begun, whatever
     * their streams wait for.
     */
    private void awaitServed(Server server) {
        long begin = System.nanoTime();
        Duration grace = Duration.ofMillis(server.getStopTimeout());
        try {
            for (Connector connector : server.getConnectors()) {
                if (connector instanceof NetworkConnector network) {
                    network.close();
                }
            }
            handler.awaitServed(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!grace.isZero()) {
            Duration left = grace.minusNanos(System.nanoTime() - begin);
            server.setStopTimeout(Math.max(LAST_OF_JETTY.toMillis(), left.toMillis()));
        }
    }

    @Override
    public void lifeCycleStopped(LifeCycle stopped) {
        deadline.met();
    }

    private void await() {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
