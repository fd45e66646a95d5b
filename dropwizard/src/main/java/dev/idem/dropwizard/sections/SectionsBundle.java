package dev.idem.dropwizard.sections;

import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * {@link IdempotencyBundle} with everything from the configuration file: it opens Redis and the database, checks or migrates the
 * layer's tables, and closes the stores when the application stops. A key belongs to the authenticated principal. What is not final
 * may be overridden. Add it once.
 *
 * @param <C> the application's configuration, such as {@link IdempotentConfiguration}
 */
public class SectionsBundle<C extends Configuration & IdempotencySections> extends IdempotencyBundle<C> {
    private @Nullable OpenStores stores;

    /** The pool of the section {@code database}, which the application may use too. Only after this bundle has run. */
    public final DataSource database() {
        return stores().database();
    }

    private OpenStores stores() {
        if (stores == null) {
            throw new IllegalStateException("SectionsBundle has opened no stores: it must be run first,"
                    + " and a test that keeps records in memory must say withOwnDatabase()");
        }
        return stores;
    }

    @Override
    protected final void open(C configuration, Environment environment) {
        RedisSection redis = given("redis", configuration.redis());
        DatabaseSection database = given("database", configuration.database());
        OpenStores opened = OpenStores.of(redis, database, environment);
        if (database.migrates()) {
            new Schema(opened.database()).update();
        }
        stores = opened;
    }

    private static <T> T given(String section, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("IdempotencySections." + section + " returned null: return the section "
                    + section + " of the configuration file");
        }
        return value;
    }

    @Override
    protected final IdempotencyConfiguration idempotency(C configuration) {
        return configuration.idempotency();
    }

    @Override
    protected final Supplier<UnifiedJedis> redis(C configuration) {
        return stores().redis();
    }

    @Override
    protected final Supplier<UnifiedJedis> redisForCopies(C configuration, Supplier<UnifiedJedis> redis) {
        return stores().redisForCopies();
    }

    @Override
    protected final Supplier<UnifiedJedis> redisForHeartbeats(C configuration, Supplier<UnifiedJedis> redis) {
        return stores().redisForHeartbeats();
    }

    @Override
    protected final DataSource database(C configuration) {
        return stores().database();
    }

    @Override
    protected final String redisKeyPrefix(C configuration) {
        return configuration.redis().keyPrefixOrDefault();
    }
}
