package dev.idem.benchmarks.micro;

import dev.idem.benchmarks.body.Order;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Origin;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a request asks of the store that decides: a claim and a completion, or, for a repeat, a claim alone. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class StoreBenchmark {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final int ANSWER_BYTES = 150;

    private final RecordedResponse answer = new RecordedResponse(
            200, List.of(new RecordedResponse.Header("Content-Type", "application/json")), Order.of(ANSWER_BYTES));
    private final RecordId answered = id();

    @Benchmark
    public boolean firstRequest(OpenStore open) {
        return execute(open.store(), id());
    }

    @Benchmark
    public Claim repeat(OpenStore open) {
        Claim claim = open.store().claim(request(answered));
        if (claim instanceof Claim.Acquired acquired) {
            // The first of all, or the first after the time to live.
            boolean unused = open.store().complete(acquired.lease(), answer);
        }
        return claim;
    }

    private boolean execute(IdempotencyStore store, RecordId id) {
        if (store.claim(request(id)) instanceof Claim.Acquired acquired) {
            return store.complete(acquired.lease(), answer);
        }
        throw new IllegalStateException("a new key was taken");
    }

    private static RecordId id() {
        return new RecordId(new Scope("user:1"), UUID.randomUUID().toString());
    }

    private static ClaimRequest request(RecordId id) {
        return new ClaimRequest(
                id,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                LOCK_TIMEOUT,
                TTL,
                new Origin("1@benchmark", "POST /orders"));
    }
}
