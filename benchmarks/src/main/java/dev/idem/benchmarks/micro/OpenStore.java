package dev.idem.benchmarks.micro;

import dev.idem.benchmarks.http.server.Stores;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.UnifiedJedis;

/** One of the stores, on a server as durable as those of the quick start; shared by all threads. */
@State(Scope.Benchmark)
public class OpenStore {
    private static final int POOL = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long MEMORY = 256L * 1024 * 1024;
    private static final String PREFIX = "bench:";
    private static final Requests FIRST = new Requests(Duration.ofDays(1));

    /** Its name. */
    @Param({MemoryStore.NAME, RedisStore.NAME, PostgresStore.NAME})
    public String name = MemoryStore.NAME;

    /** How many answered records of other keys it has, from the beginning; none of them in memory. */
    @Param("0")
    public int live;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable IdempotencyStore store;

    IdempotencyStore store() {
        return Objects.requireNonNull(store);
    }

    @Setup(Level.Trial)
    public void open() throws Exception {
        store = switch (name) {
            case MemoryStore.NAME -> new MemoryStore(MEMORY, InstantSource.system());
            case RedisStore.NAME -> redis(servers());
            case PostgresStore.NAME -> postgres(servers());
            default -> throw new IllegalArgumentException("there is no store '" + name + "'");
        };
    }

    private Stores servers() throws Exception {
        Stores stores = Stores.start();
        opened.push(stores);
        return stores;
    }

    private IdempotencyStore redis(Stores servers) throws Exception {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(servers.newRedisDatabase(), null);
        UnifiedJedis client = new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, POOL).open(target);
        opened.push(client);
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, PREFIX);
        boolean unused = trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        RedisStore redis = new RedisStore(() -> client, PREFIX, () -> Optional.of(generation));
        if (live > 0) {
            FIRST.first(redis);
            try (UnifiedJedis patient = new RedisConnections(PATIENCE, 1).open(target)) {
                LiveKeys.inRedis(patient, PREFIX, live);
            }
        }
        return redis;
    }

    private IdempotencyStore postgres(Stores servers) throws Exception {
        DataSource pool = new DataSource();
        pool.setUrl(servers.newDatabase());
        pool.setMaxActive(POOL);
        opened.push(pool::close);
        new Schema(pool).update();
        Jdbi jdbi = StoreJdbi.on(pool);
        PostgresStore postgres = PostgresStore.always(jdbi);
        if (live > 0) {
            FIRST.first(postgres);
            LiveKeys.inPostgres(jdbi, live);
        }
        return postgres;
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
