package dev.idem.service.stores;

import dev.idem.core.background.PeriodicTask;
import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded servers of a data directory, started on demand, again when one has ended, and stopped at the end. Not thread-safe. */
final class EmbeddedServers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path dataDirectory;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<EmbeddedRestart> restarts = new ArrayList<>();
    private final Thread hook = new Thread(this::close, "stop embedded servers");

    /** Until {@link #stopWithService()} is called, the servers stop when the process ends. */
    EmbeddedServers(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    RedisTarget.External redis() {
        EmbeddedRedis redis = start(() -> EmbeddedRedis.startOrAdopt(dataDirectory));
        restarts.add(new EmbeddedRestart(redis::restartIfEnded));
        log.info("Redis: embedded, {}, data in {}", redis, dataDirectory.resolve("redis"));
        return (RedisTarget.External) RedisTarget.parse(redis.url(), null);
    }

    DatabaseTarget.External postgres() {
        EmbeddedPostgres postgres = start(() -> EmbeddedPostgres.startOrAdopt(dataDirectory));
        restarts.add(new EmbeddedRestart(postgres::restartIfEnded));
        log.info("PostgreSQL: embedded, {}, data in {}", postgres, dataDirectory.resolve("postgres"));
        return (DatabaseTarget.External) DatabaseTarget.parse(postgres.jdbcUrl());
    }

    /** From now on, {@link #close()} is called after the last request. */
    void stopWithService() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** From now on, a server whose process has ended is started again. */
    void watch(LifecycleEnvironment lifecycle) {
        if (!restarts.isEmpty()) {
            ScheduledExecutorService executor =
                    lifecycle.scheduledExecutorService("embedded-servers", true).build();
            new PeriodicTask(executor)
                    .repeat("watching embedded servers", LOOK, LOOK, () -> restarts.forEach(EmbeddedRestart::attempt));
        }
    }

    private <T extends AutoCloseable> T start(Supplier<T> server) {
        try {
            T running = server.get();
            started.push(running);
            return running;
        } catch (EmbeddedServerException e) {
            throw new StartupException(e.getMessage() + " (dataDir, DATA_DIR: " + dataDirectory + ')', e);
        }
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                log.error("an embedded server could not be stopped", e);
            }
        }
    }
}
