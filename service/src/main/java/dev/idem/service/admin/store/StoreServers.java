package dev.idem.service.admin.store;

import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisFailures;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/** Probes the two servers. Thread-safe. */
public final class StoreServers {
    private static final Pattern REDIS_VERSION = Pattern.compile("(?m)^(redis|valkey)_version:(\\S{1,40})");

    private final Supplier<UnifiedJedis> redis;
    private final Jdbi database;

    public StoreServers(Supplier<UnifiedJedis> redis, Jdbi database) {
        this.redis = redis;
        this.database = database;
    }

    ServerProbe redis(EngineStatus.StoreStatus status) {
        return ServerProbe.of(
                status.failure(),
                () -> version(RedisFailures.translate(
                        RedisStore.NAME, () -> redis.get().info("server"))));
    }

    ServerProbe postgres(EngineStatus.StoreStatus status) {
        return ServerProbe.of(
                status.failure(),
                () -> PostgresFailures.translate(
                        PostgresStore.NAME,
                        () -> database.withHandle(handle -> handle.createQuery("SHOW server_version")
                                .mapTo(String.class)
                                .one())));
    }

    /** Valkey reports both versions; its own comes last. */
    private static String version(String info) {
        String version = "unknown";
        Matcher lines = REDIS_VERSION.matcher(info);
        while (lines.find()) {
            version = lines.group(1) + ' ' + lines.group(2);
        }
        return version;
    }
}
