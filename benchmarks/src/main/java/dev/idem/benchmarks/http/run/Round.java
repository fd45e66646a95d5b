package dev.idem.benchmarks.http.run;

import dev.idem.benchmarks.http.result.Sample;
import dev.idem.benchmarks.http.result.Scene;
import dev.idem.benchmarks.http.result.Series;
import dev.idem.benchmarks.http.server.BenchmarkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Has contenders take turns: A B C A B C, so that whatever disturbs the machine disturbs all alike. None is measured before the others have
 * come to rest.
 */
final class Round {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Contender> contenders;
    private final PrintWriter progress;
    private final Quiet quiet;

    Round(List<Contender> contenders, PrintWriter progress) {
        this.contenders = contenders;
        this.progress = progress;
        this.quiet = new Quiet(servers(contenders), LOOK, PATIENCE, progress);
    }

    private static List<Supplier<Duration>> servers(List<Contender> contenders) {
        return contenders.stream()
                .<Supplier<Duration>>map(contender -> contender::serverCpu)
                .toList();
    }

    List<Series> repeat(int rounds, Scene scene, Function<Contender, Turn> turn) throws InterruptedException {
        List<Turn> turns = contenders.stream().map(turn).toList();
        List<List<Sample>> samples = new ArrayList<>();
        contenders.forEach(unused -> samples.add(new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                quiet.await();
                Sample sample = measure(contenders.get(i), scene, turns.get(i));
                samples.get(i).add(sample);
                progress.printf(
                        Locale.ROOT,
                        "  round %d/%d  %s  %-28s %8.0f/s  p99 %.2f ms%n",
                        round,
                        rounds,
                        scene.title(),
                        Contender.title(contenders.get(i)),
                        sample.load().throughput(),
                        sample.load().latencies().getValueAtPercentile(99) / 1e6);
            }
        }
        return IntStream.range(0, contenders.size())
                .mapToObj(i -> new Series(
                        scene,
                        turns.get(i).rate(),
                        contenders.get(i).group(),
                        contenders.get(i).name(),
                        samples.get(i)))
                .toList();
    }

    private static Sample measure(Contender contender, Scene scene, Turn turn) throws InterruptedException {
        try {
            Sample sample = contender.measure(scene, turn.pace(), turn.limit());
            if (sample.load().tally().answers() == 0) {
                throw new BenchmarkException(contender.name() + " has answered no request");
            }
            return sample;
        } catch (IOException e) {
            throw new BenchmarkException(contender.name() + ": " + e.getMessage(), e);
        }
    }
}
