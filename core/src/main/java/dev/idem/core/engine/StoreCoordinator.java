package dev.idem.core.engine;

import dev.idem.core.engine.EngineListener.Operation;
import dev.idem.core.engine.EngineStatus.JournalStatus;
import dev.idem.core.failover.AuthorityState;
import dev.idem.core.failover.Failback;
import dev.idem.core.failover.FailoverCoordinator;
import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.postgres.PostgresCopy;
import dev.idem.postgres.PostgresDeletions;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.JournalGapRegistry;
import dev.idem.redis.RedisAnswers;
import dev.idem.redis.RedisCopy;
import dev.idem.redis.RedisDeletions;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Both consistencies on one storage, put together, with the work that goes on in the background. Thread-safe. */
final class StoreCoordinator implements EngineBackend {
    /** A refill of many records takes longer, and goes on in the background. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** Of a node whose rounds come every half second: it has died, or is as good as dead. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final CountDownLatch firstRound = new CountDownLatch(1);
    private final StoreCircuitBreaker redis;
    private final StoreCircuitBreaker postgres;
    private final MemoryStore memory;
    private final NearCache near;
    private final List<DeletionWatch> deletions;
    private final Journal journal;
    private final StrictReplayReader answers;
    private final AuthorityState trust;
    private final FailoverCoordinator keeper;
    private final JournalRecovery catchUp;
    private final ConsistencyStrategy fast;
    private final ConsistencyStrategy strict;

    StoreCoordinator(String node, EngineStores storage, EngineListener listener) {
        memory = storage.memory();
        Jdbi jdbi = storage.database();
        PostgresTrustRow table = new PostgresTrustRow(jdbi, node);
        trust = new AuthorityState(table, listener);
        RedisStore redisStore = new RedisStore(storage.redis(), storage.keyPrefix(), trust);
        IdempotencyStore database = PostgresStore.always(jdbi);
        redis = new StoreCircuitBreaker(RedisStore.NAME, redisStore::ping, listener);
        postgres = new StoreCircuitBreaker(PostgresStore.NAME, database::ping, listener);

        PostgresJournalWriter writer = new PostgresJournalWriter(jdbi);
        RedisCopy redisCopy = new RedisCopy(storage.redis(), storage.keyPrefix());
        RedisMarkers redisTrust = new RedisMarkers(storage.redis(), storage.keyPrefix());
        journal = new Journal(writer, JournalLimits.DEFAULT, listener);
        JournalGapRegistry arrears = new JournalGapRegistry(storage.redis(), storage.keyPrefix());
        catchUp = new JournalRecovery(SILENCE, journal, arrears, redisCopy, writer);
        CircuitBreakingStore guardedRedis = new CircuitBreakingStore(redisStore, redis);
        keeper = new FailoverCoordinator(
                trust,
                table,
                redisTrust,
                guardedRedis::ping,
                new Failback(table, new PostgresCopy(jdbi), redisTrust, redisCopy, catchUp::merge, listener));

        near = new NearCache(storage.nearCacheBytes());
        RedisDeletions inRedis = new RedisDeletions(storage.redis(), storage.keyPrefix());
        PostgresDeletions inPostgres = new PostgresDeletions(jdbi);
        deletions = List.of(
                new DeletionWatch(() -> redis.ask(Operation.FIND, inRedis::count), near::clear),
                new DeletionWatch(() -> postgres.ask(Operation.FIND, inPostgres::count), near::clear));
        answers = new StrictReplayReader(new RedisAnswers(storage.redis(), storage.keyPrefix()), redis);
        MemoryFallback lastResort = new MemoryFallback(memory);
        CommitConflictLookup refusals = new CommitConflictLookup(new PostgresRecords(jdbi)::find, postgres);
        fast = new FastStrategy(
                trust,
                guardedRedis,
                new CircuitBreakingStore(PostgresStore.whileInCharge(jdbi), postgres),
                refusals,
                journal,
                lastResort);
        strict = new StrictStrategy(new CircuitBreakingStore(database, postgres), refusals, answers, lastResort);
    }

    @Override
    public ConsistencyStrategy of(Consistency consistency) {
        return consistency == Consistency.FAST ? fast : strict;
    }

    @Override
    public MemoryStore memory() {
        return memory;
    }

    @Override
    public NearCache near() {
        return near;
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                redis.status(),
                postgres.status(),
                trust.get().isPresent(),
                new JournalStatus(journal.lag(), journal.depth()));
    }

    @Override
    public void start() {
        journal.start();
    }

    @Override
    public void awaitFirstRound() {
        try {
            boolean unused = firstRound.await(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Runnable> rounds() {
        Stream<Runnable> usual =
                Stream.of(this::trust, keeper::verify, redis::probe, postgres::probe, catchUp::runOnce);
        Stream<Runnable> watching = deletions.stream().map(watch -> watch::runOnce);
        return Stream.concat(usual, near.isEnabled() ? watching : Stream.empty())
                .toList();
    }

    private void trust() {
        keeper.runOnce();
        firstRound.countDown();
    }

    @Override
    public void close() {
        answers.close();
        journal.close();
        catchUp.end();
    }
}
