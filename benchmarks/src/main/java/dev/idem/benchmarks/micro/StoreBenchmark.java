package dev.idem.benchmarks.micro;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a request asks of the store that decides: a claim and a completion, or, for a repeat, a claim alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class StoreBenchmark {
    private final Requests requests = new Requests(Duration.ofMinutes(2));
    private final RecordId answered = Requests.newId();

    @Benchmark
    public void firstRequest(OpenStore open) {
        requests.first(open.store());
    }

    @Benchmark
    public Claim repeat(OpenStore open) {
        return requests.repeat(open.store(), answered);
    }
}
