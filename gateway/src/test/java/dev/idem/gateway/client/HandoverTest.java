package dev.idem.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HandoverTest {
    @Test
    void whoHandsOverIsNeverBlocked() throws Exception {
        CompletableFuture<Thread> worked = new CompletableFuture<>();

        Handover.to(
                step -> {
                    throw new RejectedExecutionException("all threads are busy");
                },
                () -> worked.complete(Thread.currentThread()));

        assertThat(worked.get(10, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
    }
}
