package dev.idem.testing.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.testing.linear.Linearization.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Threads that take random steps on the same two records concurrently, in many rounds with new records each. Not
 * thread-safe.
 */
public final class Race implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int STEPS = 5;

    private final IdempotencyStore store;
    private final Random random;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(THREADS);

    /** Races on this store; the same seed plans the same steps. */
    public Race(IdempotencyStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    /** @throws AssertionError if no sequential order of the steps explains the results of a round */
    public void run(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            List<Call<Step, String>> calls = round();
            assertThat(Linearization.exists(calls, SequentialRecords.EMPTY, SequentialRecords::after))
                    .as(() -> "no order explains\n"
                            + calls.stream().map(Call::toString).collect(Collectors.joining("\n")))
                    .isTrue();
        }
    }

    private List<Call<Step, String>> round() throws Exception {
        StoreSteps steps = new StoreSteps(store);
        List<Future<List<Call<Step, String>>>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            List<Step> plan = Stream.generate(this::step).limit(STEPS).toList();
            running.add(threads.submit(() -> {
                start.await();
                return plan.stream().map(step -> timed(steps, step)).toList();
            }));
        }
        List<Call<Step, String>> calls = new ArrayList<>();
        for (Future<List<Call<Step, String>>> each : running) {
            calls.addAll(each.get());
        }
        return calls;
    }

    private static Call<Step, String> timed(StoreSteps steps, Step step) {
        long begin = System.nanoTime();
        String result = steps.take(step);
        return new Call<>(step, result, begin, System.nanoTime());
    }

    private Step step() {
        int key = 1 + random.nextInt(2);
        int owner = 1 + random.nextInt(3);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Step.Claiming(key, owner);
            case 2, 3 -> new Step.Abandoning(key, owner);
            default -> new Step.Completing(key, owner, 200 + random.nextInt(2));
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
