package dev.idem.dropwizard;

import dev.idem.core.background.PeriodicTask;
import dev.idem.dropwizard.health.SchemaWatch;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Looks at the schema periodically, while the application runs. */
final class SchemaPolling implements Managed {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SchemaWatch watch;
    private final ScheduledExecutorService executor;

    SchemaPolling(SchemaWatch watch, LifecycleEnvironment lifecycle) {
        this.watch = watch;
        this.executor =
                lifecycle.scheduledExecutorService("idempotency-schema", true).build();
    }

    @Override
    public void start() {
        new PeriodicTask(executor).repeat("checking the schema", Duration.ZERO, PAUSE, watch::look);
    }
}
