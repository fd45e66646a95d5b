package dev.idem.chaos.run;

import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Workers who think of one key after the other and send it from one to three clients at once. */
final class Crowd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CLIENTS_MOST = 3;
    private static final int JITTER_MS = 60;
    private static final int PAUSE_LEAST_MS = 40;
    private static final int PAUSE_MOST_MS = 120;
    private static final int LATE_ONE_OF = 6;
    private static final int LATE_LEAST_MS = 200;
    private static final int LATE_MOST_MS = 6_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final Courier courier;
    private final List<Workload> workloads;

    Crowd(Courier courier, List<Workload> workloads) {
        this.courier = courier;
        this.workloads = List.copyOf(workloads);
    }

    /** Returns once the run has ended and every client has its answer or has given up. */
    void work(int workers, SplittableRandom seed, CountDownLatch ended) throws InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            SplittableRandom random = seed.split();
            all.add(threads.submit(() -> {
                workAlone(random, ended);
                return null;
            }));
        }
        awaitAll(all);
    }

    /** Sends every key once more to every node. */
    void askAgain(int workers, SplittableRandom seed) throws InterruptedException {
        Queue<Item> left = new ConcurrentLinkedQueue<>(items);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            SplittableRandom random = seed.split();
            all.add(threads.submit(() -> {
                for (Item item = left.poll(); item != null; item = left.poll()) {
                    for (int node = 0; node < courier.nodes(); node++) {
                        new PersistentClient(courier, node, PATIENCE).ask(item, Round.AFTERWARDS, node, random);
                    }
                }
                return null;
            }));
        }
        awaitAll(all);
    }

    private void workAlone(SplittableRandom random, CountDownLatch ended) throws InterruptedException {
        List<Future<?>> late = new ArrayList<>();
        while (!ended.await(random.nextInt(PAUSE_LEAST_MS, PAUSE_MOST_MS), TimeUnit.MILLISECONDS)) {
            Item item = Item.random(random, workloads.get(random.nextInt(workloads.size())));
            items.add(item);
            List<Future<?>> clients = new ArrayList<>();
            int count = random.nextInt(1, CLIENTS_MOST + 1);
            for (int client = 0; client < count; client++) {
                int delay = client == 0 ? 0 : random.nextInt(JITTER_MS);
                clients.add(ask(item, Round.FIRST, client, delay, random.split()));
            }
            awaitAll(clients);
            if (random.nextInt(LATE_ONE_OF) == 0) {
                int delay = random.nextInt(LATE_LEAST_MS, LATE_MOST_MS);
                late.add(ask(item, Round.LATE, count, delay, random.split()));
            }
            late.removeIf(Future::isDone);
        }
        awaitAll(late);
    }

    private Future<?> ask(Item item, Round round, int client, int delayMs, SplittableRandom random) {
        return threads.submit(() -> {
            TimeUnit.MILLISECONDS.sleep(delayMs);
            int node = random.nextInt(courier.nodes());
            return new PersistentClient(courier, client, PATIENCE).ask(item, round, node, random);
        });
    }

    private static void awaitAll(List<Future<?>> all) throws InterruptedException {
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client broke", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
