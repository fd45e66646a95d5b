package dev.idem.core.engine;

import dev.idem.core.engine.EngineListener.Operation;
import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.core.store.postgres.PostgresCopy;
import dev.idem.core.store.postgres.PostgresDeletions;
import dev.idem.core.store.postgres.PostgresJournalWriter;
import dev.idem.core.store.postgres.PostgresRecords;
import dev.idem.core.store.postgres.PostgresStore;
import dev.idem.core.store.postgres.PostgresTrust;
import dev.idem.core.store.redis.RedisAnswers;
import dev.idem.core.store.redis.RedisArrears;
import dev.idem.core.store.redis.RedisCopy;
import dev.idem.core.store.redis.RedisDeletions;
import dev.idem.core.store.redis.RedisStore;
import dev.idem.core.store.redis.RedisTrust;
import dev.idem.core.trust.Refill;
import dev.idem.core.trust.Trust;
import dev.idem.core.trust.TrustKeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Both consistencies on one storage, put together, with the work that goes on in the background. Thread-safe. */
final class Deciders implements Backing {
    /** A refill of many records takes longer, and goes on in the background. */
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    /** Of a node whose rounds come every half second: it has died, or is as good as dead. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final CountDownLatch firstRound = new CountDownLatch(1);
    private final Guard redis;
    private final Guard postgres;
    private final MemoryStore memory;
    private final NearCache near;
    private final List<DeletionWatch> deletions;
    private final Journal journal;
    private final QuickAnswers answers;
    private final TrustKeeper keeper;
    private final CatchUp catchUp;
    private final Decider fast;
    private final Decider strict;

    Deciders(String node, Storage storage, EngineListener listener) {
        memory = storage.memory();
        Jdbi jdbi = storage.database();
        PostgresTrust table = new PostgresTrust(jdbi, node);
        Trust trust = new Trust(table, listener);
        RedisStore redisStore = new RedisStore(storage.redis(), storage.keyPrefix(), trust);
        IdempotencyStore database = PostgresStore.always(jdbi);
        redis = new Guard(RedisStore.NAME, redisStore::ping, listener);
        postgres = new Guard(PostgresStore.NAME, database::ping, listener);

        PostgresJournalWriter writer = new PostgresJournalWriter(jdbi);
        RedisCopy redisCopy = new RedisCopy(storage.redis(), storage.keyPrefix());
        RedisTrust redisTrust = new RedisTrust(storage.redis(), storage.keyPrefix());
        journal = new Journal(writer, JournalLimits.DEFAULT, listener);
        RedisArrears arrears = new RedisArrears(storage.redis(), storage.keyPrefix());
        catchUp = new CatchUp(SILENCE, journal, arrears, redisCopy, writer);
        GuardedStore guardedRedis = new GuardedStore(redisStore, redis);
        keeper = new TrustKeeper(
                trust,
                table,
                redisTrust,
                guardedRedis::ping,
                new Refill(table, new PostgresCopy(jdbi), redisTrust, redisCopy, catchUp::merge, listener));

        near = new NearCache(storage.nearCacheBytes());
        RedisDeletions inRedis = new RedisDeletions(storage.redis(), storage.keyPrefix());
        PostgresDeletions inPostgres = new PostgresDeletions(jdbi);
        deletions = List.of(
                new DeletionWatch(() -> redis.ask(Operation.FIND, inRedis::count), near::clear),
                new DeletionWatch(() -> postgres.ask(Operation.FIND, inPostgres::count), near::clear));
        answers = new QuickAnswers(new RedisAnswers(storage.redis(), storage.keyPrefix()), redis);
        LastResort lastResort = new LastResort(memory);
        Refusals refusals = new Refusals(new PostgresRecords(jdbi)::find, postgres);
        fast = new FastDecider(
                trust,
                guardedRedis,
                new GuardedStore(PostgresStore.whileInCharge(jdbi), postgres),
                refusals,
                journal,
                lastResort);
        strict = new StrictDecider(new GuardedStore(database, postgres), refusals, answers, lastResort);
    }

    @Override
    public Decider of(Consistency consistency) {
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
    public Journal journal() {
        return journal;
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
        Stream<Runnable> usual = Stream.of(this::trust, keeper::verify, redis::probe, postgres::probe, catchUp::round);
        Stream<Runnable> watching = deletions.stream().map(watch -> watch::round);
        return Stream.concat(usual, near.isEnabled() ? watching : Stream.empty())
                .toList();
    }

    private void trust() {
        keeper.round();
        firstRound.countDown();
    }

    @Override
    public void close() {
        answers.close();
        journal.close();
        catchUp.end();
    }
}
