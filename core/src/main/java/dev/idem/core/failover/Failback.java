package dev.idem.core.failover;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.store.Generation;
import dev.idem.postgres.PostgresCopy;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisCopy;
import dev.idem.redis.RedisMarkers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Redis what PostgreSQL knows, and lets it decide again. PostgreSQL decides meanwhile, and stamps what it decides
 * with the number of the pass; each pass brings Redis what was stamped in the one before, and the last one does while all
 * decisions wait. Thread-safe.
 */
public final class Failback {
    private static final Logger log = LoggerFactory.getLogger(Failback.class);

    /** As many take a few milliseconds, for which decisions may wait. */
    private static final int FEW = 500;

    private static final int MAX_PASSES = 50;

    /** After as many one sees in the log that it goes on. */
    private static final long MANY = 10_000;

    private final PostgresTrustRow table;
    private final PostgresCopy fromPostgres;
    private final RedisMarkers redis;
    private final RedisCopy intoRedis;
    private final Consumer<List<StoredRecord>> intoPostgres;
    private final FailoverListener listener;

    /** @param intoPostgres writes records that were found in Redis into PostgreSQL, where it does not know better */
    public Failback(
            PostgresTrustRow table,
            PostgresCopy fromPostgres,
            RedisMarkers redis,
            RedisCopy intoRedis,
            Consumer<List<StoredRecord>> intoPostgres,
            FailoverListener listener) {
        this.table = table;
        this.fromPostgres = fromPostgres;
        this.redis = redis;
        this.intoRedis = intoRedis;
        this.intoPostgres = intoPostgres;
        this.listener = listener;
    }

    /**
     * Does nothing if another node is at it.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if one of the two stores does not answer; Redis does not decide
     * @throws dev.idem.core.store.NotAuthoritativeException if another refill has begun since
     */
    public void run() {
        boolean unused = table.inTurn(this::refill);
    }

    private void refill() {
        long begin = System.nanoTime();
        AtomicLong told = new AtomicLong();
        Generation next = Generation.next();
        PostgresTrustRow.State before = table.begin(next);
        boolean intact = redis.beginRefill(before.generation(), next);
        log.info("Refilling Redis: {}", intact ? "it has missed decisions" : "it may have lost records");
        Consumer<List<StoredRecord>> tell = records -> {
            intoRedis.put(records, next);
            progressed(told.addAndGet(records.size()), records.size());
        };
        if (!intact) {
            takeFromRedis();
            fromPostgres.forEach(tell);
        }
        long upTo = intact ? before.settledPass() : before.pass();
        upTo = catchUp(next, upTo, tell);
        long from = upTo;
        table.handOver(next, pass -> {
            fromPostgres.forEachDecided(from, pass, tell);
            redis.trust(next);
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        log.info("Redis was told {} records in {} ms and decides again", told.get(), took.toMillis());
        listener.refilled(told.get(), took);
    }

    private void progressed(long told, int justNow) {
        listener.refilling(told);
        if (told / MANY != (told - justNow) / MANY) {
            log.info("Redis has been told {} records", told);
        }
    }

    /** @return the last pass that Redis was told of */
    private long catchUp(Generation next, long settled, Consumer<List<StoredRecord>> tell) {
        long upTo = settled;
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            long closed = table.nextPass(next) - 1;
            int decided = fromPostgres.forEachDecided(upTo, closed, tell);
            upTo = closed;
            if (decided <= FEW) {
                break;
            }
        }
        return upTo;
    }

    /**
     * Answers that PostgreSQL has not been told of are brought there, since an answer never changes. Of what was being
     * processed PostgreSQL knows the later state.
     */
    private void takeFromRedis() {
        intoRedis.forEach(page -> {
            Map<State, List<StoredRecord>> byState = page.stream().collect(Collectors.groupingBy(StoredRecord::state));
            intoPostgres.accept(byState.getOrDefault(State.COMPLETED, List.of()));
            intoRedis.forget(byState.getOrDefault(State.PROCESSING, List.of()));
        });
    }
}
