package dev.idem.benchmarks.sweep;

import dev.idem.benchmarks.http.server.Stores;
import dev.idem.benchmarks.micro.Requests;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Threads claim and complete new keys in PostgreSQL as fast as they can, while another one sweeps once a minute as a node does. Prints a
 * line a minute: in the first ones nothing has expired yet, which is what the others are to be compared with.
 */
@Command(
        name = "sweep",
        description = "Claims without pause while expired records are deleted; prints a line a minute.",
        mixinStandardHelpOptions = true)
public final class SweepRun implements Callable<Integer> {
    @Option(names = "--minutes", paramLabel = "N", description = "How long it runs (30).")
    private int minutes = 30;

    @Option(names = "--threads", paramLabel = "N", description = "How many claim at a time (16).")
    private int threads = 16;

    @Option(names = "--ttl", paramLabel = "SECONDS", description = "How long answers live (300).")
    private int ttl = 300;

    private final Recorder latencies = new Recorder(3);
    private final LongAdder swept = new LongAdder();

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // logs, metrics and libraries write for machines
        System.exit(new CommandLine(new SweepRun()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (Stores stores = Stores.start()) {
            ExecutorService claiming = Executors.newFixedThreadPool(threads);
            ScheduledExecutorService sweeping = Executors.newSingleThreadScheduledExecutor();
            DataSource pool = new DataSource();
            try {
                pool.setDriverClassName("org.postgresql.Driver");
                pool.setUrl(stores.newDatabase());
                pool.setMaxActive(threads + 2);
                watch(pool, claiming, sweeping);
            } finally {
                claiming.shutdownNow();
                sweeping.shutdownNow();
                boolean unused = claiming.awaitTermination(1, TimeUnit.MINUTES);
                pool.close(true);
            }
        }
        return 0;
    }

    private void watch(DataSource database, ExecutorService claiming, ScheduledExecutorService sweeping)
            throws Exception {
        new Schema(database).update();
        Jdbi jdbi = StoreJdbi.on(database);
        Requests requests = new Requests(Duration.ofSeconds(ttl));
        IdempotencyStore store = PostgresStore.always(jdbi);
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            working.add(claiming.submit(() -> claim(requests, store)));
        }
        ExpiredRecordSweeper sweeper = new ExpiredRecordSweeper(jdbi, ExpiredRecordSweeper.USUAL_BATCH);
        long pause = ExpiredRecordSweeper.USUAL_PAUSE.toMillis();
        working.add(
                sweeping.scheduleWithFixedDelay(() -> swept.add(sweeper.sweep()), pause, pause, TimeUnit.MILLISECONDS));
        System.out.println("minute  claims/s  p50 ms  p99 ms      rows  expired   swept  table MB");
        for (int minute = 1; minute <= minutes; minute++) {
            waitAMinute(working.get(threads));
            for (Future<?> work : working) {
                if (work.isDone()) {
                    work.get();
                }
            }
            System.out.println(line(minute, jdbi, sweeper));
        }
    }

    /** None of the work ever ends but by a failure. */
    private static void waitAMinute(Future<?> work) throws Exception {
        try {
            work.get(1, TimeUnit.MINUTES);
        } catch (TimeoutException stillAtWork) {
            return;
        }
    }

    private void claim(Requests requests, IdempotencyStore store) {
        while (!Thread.currentThread().isInterrupted()) {
            long begun = System.nanoTime();
            requests.first(store);
            latencies.recordValue(System.nanoTime() - begun);
        }
    }

    private String line(int minute, Jdbi jdbi, ExpiredRecordSweeper sweeper) {
        Histogram last = latencies.getIntervalHistogram();
        long bytes = number(jdbi, "SELECT pg_total_relation_size('idempotency_records')");
        return String.format(
                Locale.ROOT,
                "%6d  %8d  %6.2f  %6.2f  %8d  %7d  %6d  %8d",
                minute,
                last.getTotalCount() / 60,
                last.getValueAtPercentile(50) / 1e6,
                last.getValueAtPercentile(99) / 1e6,
                number(jdbi, "SELECT count(*) FROM idempotency_records"),
                sweeper.countExpired(),
                swept.sumThenReset(),
                bytes >> 20);
    }

    private static long number(Jdbi jdbi, String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
