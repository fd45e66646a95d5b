package dev.idem.chaos.run;

import dev.idem.chaos.check.Checker;
import dev.idem.chaos.check.Rules;
import dev.idem.chaos.check.Verdict;
import dev.idem.chaos.history.History;
import dev.idem.chaos.stage.Stage;
import dev.idem.chaos.stage.StageSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients and faults for a while, then every key once more, then the verdict. */
public final class ChaosRun {
    private final RunSettings settings;
    private final History history = new History();

    public ChaosRun(RunSettings settings) {
        this.settings = settings;
    }

    /** @return with the whole history written to a file */
    public Report run() throws IOException, InterruptedException {
        SplittableRandom seed = new SplittableRandom(settings.seed());
        StageSettings set =
                StageSettings.of(settings.consistency(), seed.split().nextBoolean(), settings.directory());
        try (Stage stage = Stage.open(set, history);
                Crowd crowd = new Crowd(new Courier(history, stage.nodes()), settings.workloads())) {
            withFaults(stage, crowd, seed);
            crowd.askAgain(settings.workers(), seed.split());
            stage.committedEffects().forEach(history::add);
        }
        history.write(settings.historyFile());
        Verdict verdict = Checker.check(Rules.of(settings.consistency(), set.lockTimeout()), history.events());
        return new Report(settings, verdict, history.events());
    }

    private void withFaults(Stage stage, Crowd crowd, SplittableRandom seed) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Void>> all = List.of(
                    threads.submit(working(crowd, seed.split(), ended)),
                    threads.submit(breakingStores(stage, seed.split(), ended)),
                    threads.submit(breakingNodes(stage, seed.split(), ended)));
            TimeUnit.MILLISECONDS.sleep(settings.lasts().toMillis());
            ended.countDown();
            for (Future<Void> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run broke, not what it runs", e.getCause());
        } finally {
            ended.countDown();
            threads.shutdown();
        }
    }

    private Callable<Void> working(Crowd crowd, SplittableRandom seed, CountDownLatch ended) {
        return () -> {
            crowd.work(settings.workers(), seed, ended);
            return null;
        };
    }

    private Callable<Void> breakingStores(Stage stage, SplittableRandom seed, CountDownLatch ended) {
        Strikes strikes = new Strikes(stage, seed.split());
        return () -> {
            new Nemesis(history, Duration.ofMillis(300), Duration.ofSeconds(3))
                    .rage(strikes::againstStore, seed, ended);
            return null;
        };
    }

    private Callable<Void> breakingNodes(Stage stage, SplittableRandom seed, CountDownLatch ended) {
        Strikes strikes = new Strikes(stage, seed.split());
        return () -> {
            new Nemesis(history, Duration.ofSeconds(1), Duration.ofSeconds(6)).rage(strikes::againstNode, seed, ended);
            return null;
        };
    }
}
