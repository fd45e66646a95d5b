package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.app.MinimalScripts;
import dev.idem.benchmarks.http.load.KeyPattern;
import dev.idem.benchmarks.http.load.Limit;
import dev.idem.benchmarks.http.load.LoadResult;
import dev.idem.benchmarks.http.load.OrderTemplate;
import dev.idem.benchmarks.http.load.Pace;
import dev.idem.benchmarks.http.load.Tally;
import dev.idem.benchmarks.http.result.RaceOutcome;
import dev.idem.benchmarks.http.result.RaceStart;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** The floor: nothing but two scripts in Redis for each request, as many at a time as there would be connections. */
final class ScriptsContender implements Contender {
    /** As long as the answer that the layer stores: status, headers, body. */
    private static final byte[] ANSWER = new byte[220];

    private final String keyPrefix = UUID.randomUUID().toString();
    private final AtomicLong number = new AtomicLong(KeyPattern.ANSWERED);
    private final MinimalScripts scripts;

    ScriptsContender(MinimalScripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return "two-scripts";
    }

    @Override
    public String group() {
        return "";
    }

    @Override
    public boolean hasOpenLoop() {
        return false;
    }

    @Override
    public boolean waitsForDisk() {
        return false;
    }

    @Override
    public boolean sharesServerWith(Contender other) {
        return other == this;
    }

    @Override
    public Duration serverCpu() {
        return Duration.ZERO;
    }

    @Override
    public Sample measure(Scene scene, Pace pace, Limit limit) throws InterruptedException {
        Duration own = ProcessCpu.now();
        long begin = System.nanoTime();
        long end = begin + limit.time().toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(scene.connections());
        try {
            List<Future<Histogram>> parts = new ArrayList<>();
            for (int i = 0; i < scene.connections(); i++) {
                parts.add(threads.submit(() -> until(end)));
            }
            Histogram latencies = LoadResult.histogram();
            for (Future<Histogram> part : parts) {
                latencies.add(part.get());
            }
            LoadResult load = new LoadResult(
                    Duration.ofNanos(System.nanoTime() - begin),
                    latencies,
                    new Tally(latencies.getTotalCount(), 0, 0, 0, 0));
            return new Sample(
                    load, Duration.ZERO, OptionalLong.empty(), ProcessCpu.now().minus(own));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the bare scripts failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram until(long end) {
        Histogram latencies = LoadResult.histogram();
        for (long before = System.nanoTime(); before < end; ) {
            String key = keyPrefix + OrderTemplate.written(number.getAndIncrement());
            if (scripts.claim(key) != null) {
                throw new IllegalStateException("a new key was taken");
            }
            scripts.complete(key, ANSWER);
            long after = System.nanoTime();
            latencies.recordValue(Math.min(after - before, latencies.getHighestTrackableValue()));
            before = after;
        }
        return latencies;
    }

    @Override
    public Optional<RaceOutcome> race(int rounds, RaceStart start) {
        return Optional.empty();
    }
}
