package dev.idem.core.engine;

import static org.awaitility.Awaitility.await;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.Store.CloseOnReset;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.RedisClient;

/**
 * Two nodes, and failures of their stores. After a loss returns, the former Redis can grant nothing to any node.
 * Timeouts are long, so that a busy machine causes no other losses.
 */
final class FailoverStage implements CloseOnReset {
    static final int NODES = 2;
    static final int BUCKETS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BLOCK = Duration.ofMillis(700);

    private final EphemeralRedis redis = EphemeralRedis.start();
    private final EphemeralPostgres postgres = EphemeralPostgres.start();
    private final RedisClient client = RedisClient.create(redis.url());
    private final PostgresTrustRow trust;
    private final PostgresRecords records;
    private final List<Node> nodes;

    FailoverStage() {
        String jdbcUrl = postgres.createDatabase();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        new Schema(database).update();
        trust = new PostgresTrustRow(Jdbi.create(database), "test");
        records = new PostgresRecords(Jdbi.create(database));
        nodes = IntStream.range(0, NODES)
                .mapToObj(n -> new Node("node-" + n, redis.url(), jdbcUrl, Duration.ofMinutes(5), PATIENCE))
                .toList();
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Optional<StoredRecord> inPostgres(String key) {
        return records.find(Node.id(key));
    }

    void emptyRedis() {
        client.flushAll();
    }

    /** Like a restart. */
    void forgetScripts() {
        client.scriptFlush();
    }

    /** As if one server of a cluster was lost: the other buckets continue until a node notices. */
    void loseMarker(int bucket) {
        awaitRedisDecides();
        String ended = trust.read().generation().toString();
        client.del(marker(bucket));
        await().atMost(PATIENCE).until(() -> markers().noneMatch(ended::equals));
    }

    private Stream<@Nullable String> markers() {
        return IntStream.range(0, BUCKETS).mapToObj(bucket -> client.get(marker(bucket)));
    }

    /** As if another node could not reach Redis for a while. */
    void letPostgresDecide() {
        await().atMost(PATIENCE).until(() -> {
            trust.revoke(trust.read().generation(), Duration.ZERO);
            trust.block(BLOCK);
            return nodes.stream().noneMatch(Node::redisDecides);
        });
    }

    /** What must never happen: the records are lost, and no marker shows it. */
    void loseRecordsUnnoticed() {
        client.keys("t:{*}:rec:*").forEach(client::del);
    }

    /** Asks the store itself, since the nodes may not have noticed yet. */
    void awaitRedisDecides() {
        await().atMost(PATIENCE).until(() -> {
            TrustRow.State state = trust.read();
            return state.trusted()
                    && nodes.stream().allMatch(Node::redisDecides)
                    && markers().allMatch(state.generation().toString()::equals);
        });
    }

    private static String marker(int bucket) {
        return "t:{" + Character.forDigit(bucket, BUCKETS) + "}:trust";
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        client.close();
        postgres.close();
        redis.close();
    }
}
