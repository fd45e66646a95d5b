package dev.idem.benchmarks.micro;

import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.key.KeyPolicy;
import java.util.List;
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

/** A key out of its header, in both forms, checked to be a UUID. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KeyBenchmark {
    private final KeyPolicy rules = KeyPolicy.of(KeyFormat.UUID);
    private final List<String> bare = List.of("8e03978e-40d5-43e8-bc93-6894a57f9324");
    private final List<String> quoted = List.of("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"");

    @Benchmark
    public Object bare() {
        return IdempotencyKeyHeader.read(bare, rules);
    }

    @Benchmark
    public Object quoted() {
        return IdempotencyKeyHeader.read(quoted, rules);
    }
}
