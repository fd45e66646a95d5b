package dev.idem.benchmarks.micro;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.benchmarks.body.Order;
import dev.idem.core.fingerprint.CanonicalJson;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A JSON body in its canonical form, and its fingerprint, beside what any service pays to read it at all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CanonicalisationBenchmark {
    /** Bytes. */
    @Param({"200", "2048", "65536"})
    public int size;

    private final CanonicalJson canonical = new CanonicalJson(List.of());
    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);
    private final ObjectMapper mapper = new ObjectMapper();
    private byte[] body = {};

    @Setup
    public void setUp() {
        body = Order.of(size);
    }

    @Benchmark
    public Object readTree() throws IOException {
        return mapper.readTree(body);
    }

    @Benchmark
    public Object canonicalise() {
        return canonical.canonicalise(body);
    }

    @Benchmark
    public Object fingerprint() {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST",
                "/api/v1/shares",
                null,
                new dev.idem.core.record.Scope("user:1"),
                "application/json",
                new TreeMap<>(),
                body));
    }
}
