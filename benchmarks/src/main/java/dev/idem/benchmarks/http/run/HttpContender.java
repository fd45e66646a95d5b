package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.load.KeyPattern;
import dev.idem.benchmarks.http.load.Limit;
import dev.idem.benchmarks.http.load.LoadGenerator;
import dev.idem.benchmarks.http.load.LoadResult;
import dev.idem.benchmarks.http.load.OrderTemplate;
import dev.idem.benchmarks.http.load.Pace;
import dev.idem.benchmarks.http.result.RaceOutcome;
import dev.idem.benchmarks.http.result.RaceStart;
import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** A server that receives orders. */
final class HttpContender implements Contender {
    private static final int RACERS = 50;
    private static final int RACE_BODY = 200;
    private static final int RACE_WORK_MS = 3;
    private static final String PATH = "/orders";

    private final Variant variant;
    private final String group;
    private final ServerProcess server;
    private final AtomicLong unused = new AtomicLong(KeyPattern.ANSWERED);

    HttpContender(Variant variant, String group, ServerProcess server) {
        this.variant = variant;
        this.group = group;
        this.server = server;
    }

    @Override
    public String name() {
        return variant.word();
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public boolean hasOpenLoop() {
        return true;
    }

    @Override
    public boolean waitsForDisk() {
        return variant.waitsForDisk();
    }

    @Override
    public boolean sharesServerWith(Contender other) {
        return other instanceof HttpContender http && http.server == server;
    }

    @Override
    public Duration serverCpu() {
        return server.cpuTime();
    }

    @Override
    public Sample measure(Scene scene, Pace pace, Limit limit) throws IOException {
        try (LoadGenerator generator = generator(scene.connections(), scene.bodySize(), OptionalInt.empty())) {
            if (variant.keys().hasRepeats()) {
                AtomicLong first = new AtomicLong();
                generator.run(first::getAndIncrement, Pace.CLOSED, Limit.requests(KeyPattern.ANSWERED));
            }
            OptionalLong allocated = server.allocated();
            Duration cpu = serverCpu();
            Duration own = ProcessCpu.now();
            LoadResult load =
                    generator.run(variant.keys().numbers(unused::getAndIncrement, scene.hashCode()), pace, limit);
            Duration ownCpu = ProcessCpu.now().minus(own);
            Duration taken = serverCpu().minus(cpu);
            return new Sample(load, taken, difference(allocated, server.allocated()), ownCpu);
        }
    }

    private static OptionalLong difference(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent()
                ? OptionalLong.of(after.getAsLong() - before.getAsLong())
                : OptionalLong.empty();
    }

    @Override
    public Optional<RaceOutcome> race(int rounds, RaceStart start) throws IOException {
        if (!variant.races()) {
            return Optional.empty();
        }
        RaceOutcome outcome = RaceOutcome.NONE;
        try (LoadGenerator generator = generator(RACERS, RACE_BODY, OptionalInt.of(RACE_WORK_MS))) {
            for (int round = 0; round < rounds; round++) {
                long number = unused.getAndIncrement();
                LoadResult result = generator.run(() -> number, start.pace(RACERS), Limit.requests(RACERS));
                outcome = outcome.and(server.executions(OrderTemplate.written(number)), result.tally());
            }
        }
        return Optional.of(outcome);
    }

    private LoadGenerator generator(int connections, int bodySize, OptionalInt work) throws IOException {
        return LoadGenerator.connect(
                server.address(),
                connections,
                OrderTemplate.of(
                        server.address(), PATH, bodySize, variant.keys().hasKey(), work));
    }
}
