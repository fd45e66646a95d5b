package dev.idem.core.background;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A process that runs out of memory in the way that its first argument names, while another thread continues. */
final class OutOfMemory {
    private OutOfMemory() {}

    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "round" ->
                new PeriodicTask(Executors.newSingleThreadScheduledExecutor())
                        .repeat("a test", Duration.ZERO, Duration.ofSeconds(1), OutOfMemory::takeAll);
            case "loop" ->
                DaemonThreads.of("a-test", new WorkerLoop("a test", OutOfMemory::takeAllAgain, () -> {}))
                        .start();
            case "thread" -> DaemonThreads.of("a-test", OutOfMemory::takeAll).start();
            case "cause" ->
                DaemonThreads.of("a-test", () -> {
                            try {
                                CompletableFuture.runAsync(OutOfMemory::takeAll).get();
                            } catch (ExecutionException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .start();
            case "array" -> DaemonThreads.of("a-test", OutOfMemory::takeTooMuch).start();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        new CountDownLatch(1).await();
    }

    private static boolean takeAllAgain() {
        takeAll();
        return true;
    }

    private static void takeAll() {
        List<byte[]> unused = Stream.generate(() -> take(1 << 20)).toList();
    }

    private static void takeTooMuch() {
        byte[] unused = take(Integer.MAX_VALUE);
    }

    private static byte[] take(int bytes) {
        return new byte[bytes];
    }
}
