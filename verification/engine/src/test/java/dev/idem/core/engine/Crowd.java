package dev.idem.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Clients that start together, or shortly after one another, in each round. */
final class Crowd implements AutoCloseable {
    private final int clients;
    private final ExecutorService executor;
    private final CyclicBarrier start;

    Crowd(int clients) {
        this.clients = clients;
        this.executor = Executors.newFixedThreadPool(clients);
        this.start = new CyclicBarrier(clients);
    }

    /**
     * Lets each client do something.
     *
     * @param spread how much later the last client starts than the first
     * @return the results, in the order of the clients
     */
    <T> List<T> all(Duration spread, IntFunction<T> task) throws Exception {
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int client = i;
            running.add(executor.submit(() -> {
                start.await();
                LockSupport.parkNanos(spread.toNanos() * client / clients);
                return task.apply(client);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get());
        }
        return results;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
