package dev.idem.verification.scale;

import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisMarkers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import redis.clients.jedis.UnifiedJedis;

/**
 * Fills both stores with the same records. Nodes may run meanwhile. If Redis is not the authoritative store yet, it becomes it, so
 * nodes that start afterwards need no refill.
 */
public final class FillStores {
    private final Jdbi database;
    private final UnifiedJedis redis;
    private final String keyPrefix;

    /**
     * The caller closes what it passes.
     *
     * @param database with the project's tables
     * @param keyPrefix the prefix of all our keys in Redis
     */
    public FillStores(Jdbi database, UnifiedJedis redis, String keyPrefix) {
        this.database = database;
        this.redis = redis;
        this.keyPrefix = keyPrefix;
    }

    /**
     * Adds the records of a plan. Two fills of equal plans have equal keys, so fill once.
     *
     * @return the records
     * @throws dev.idem.core.store.authority.NotAuthoritativeException if a node takes part in a failback at this moment
     */
    public RecordSeries with(FillPlan plan) {
        RecordSeries series = new RecordSeries(plan, Instant.now());
        TrustRow row = new PostgresTrustRow(database, "fill");
        TrustRow.State before = row.read();
        RedisMarkers markers = new RedisMarkers(() -> redis, keyPrefix);
        if (before.trusted()) {
            write(series);
        } else {
            Generation next = Generation.next();
            TrustRow.State ended = row.begin(next);
            boolean unused = markers.beginRefill(ended.generation(), next);
            write(series);
            row.handOver(next, pass -> markers.trust(next));
        }
        return series;
    }

    private void write(RecordSeries series) {
        CompletableFuture<Void> toPostgres = CompletableFuture.runAsync(() -> new PostgresFill(database).write(series));
        new RedisFill(redis, keyPrefix).write(series);
        toPostgres.join();
    }
}
