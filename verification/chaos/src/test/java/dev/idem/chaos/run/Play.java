package dev.idem.chaos.run;

import dev.idem.chaos.check.Checker;
import dev.idem.chaos.check.Rules;
import dev.idem.chaos.check.Verdict;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.history.History;
import dev.idem.chaos.history.Workload;
import dev.idem.chaos.stage.Stage;
import dev.idem.chaos.stage.StageSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** What a scenario is written with. */
public final class Play {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final SplittableRandom random = new SplittableRandom();
    private final AtomicInteger clients = new AtomicInteger();
    private final Set<Item> items = new LinkedHashSet<>();
    private final History history;
    private final Stage stage;
    private final Courier courier;

    private Play(History history, Stage stage) {
        this.history = history;
        this.stage = stage;
        this.courier = new Courier(history, stage.nodes());
    }

    /** Performs the scenario, asks every node once more and checks all of it. */
    public static Verdict perform(Scenario scenario, Workload workload, StageSettings settings) throws Exception {
        History history = new History();
        try (Stage stage = Stage.open(settings, history)) {
            Play play = new Play(history, stage);
            play.warmUp(workload);
            scenario.perform(play, workload);
            play.askAgain();
            stage.committedEffects().forEach(history::add);
        }
        history.write(settings.directory().resolve("history.ndjson"));
        return Checker.check(Rules.of(settings.consistency(), settings.lockTimeout()), history.events());
    }

    Item item(Workload workload) {
        return Item.random(random, workload);
    }

    /** Returns the final answer of this node. */
    Exchange ask(Item item, int node) throws Exception {
        return ask(item, Round.FIRST, node, clients.getAndIncrement());
    }

    /** Sends the request once, and does not wait for the answer. */
    Future<Exchange> send(Item item, int node) {
        items.add(item);
        int client = clients.getAndIncrement();
        CompletableFuture<Exchange> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        answer.complete(courier.send(item, Round.FIRST, client, node));
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                },
                "client " + client);
        thread.setDaemon(true);
        thread.start();
        return answer;
    }

    void during(FaultKind kind, int node, Act act) throws Exception {
        Strike strike = new Strikes(stage, random).of(kind, node, Duration.ZERO);
        Duration begin = history.now();
        strike.hit().run();
        try {
            act.perform();
        } finally {
            strike.heal().run();
            history.add(new Fault(kind, node, begin, history.now()));
        }
    }

    void rest(Duration duration) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    }

    /** Opens every connection, and waits until the nodes agree on the authoritative store. */
    private void warmUp(Workload workload) throws Exception {
        for (int node = 0; node < courier.nodes(); node++) {
            ask(item(workload), node);
        }
        rest(SETTLING);
    }

    private void askAgain() throws Exception {
        for (Item item : Set.copyOf(items)) {
            for (int node = 0; node < courier.nodes(); node++) {
                ask(item, Round.AFTERWARDS, node, clients.getAndIncrement());
            }
        }
    }

    private Exchange ask(Item item, Round round, int node, int client) throws Exception {
        items.add(item);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Exchange exchange = courier.send(item, round, client, node);
            if (exchange.reply() != null && exchange.reply().isFinal()) {
                return exchange;
            }
            rest(Duration.ofMillis(50));
        }
        throw new TimeoutException("node " + node + " gives no final answer");
    }

    /** A part of a scenario. */
    interface Act {
        void perform() throws Exception;
    }
}
