package dev.idem.core.engine.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many waiters for one record. */
@Timeout(20)
class RepeatWaitersTest {
    private static final int MANY = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");
    private static final Claim IN_FLIGHT = new Claim.InFlight(Instant.EPOCH, "redis");
    private static final Claim.Replay REPLAY = new Claim.Replay(
            new RecordedResponse(201, List.of(), new byte[0]), Instant.EPOCH, "redis", Optional.empty());

    private final RepeatWaiters waiters = new RepeatWaiters(MANY);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void oneAsksForAllOfThem() {
        List<Client> clients = clients(MANY, () -> {
            if (!ended.get()) {
                return IN_FLIGHT;
            }
            answered.incrementAndGet();
            return REPLAY;
        });
        awaitAllButOneToWaitForHim(clients);

        ended.set(true);

        assertThat(clients)
                .allSatisfy(client ->
                        assertThat(client.outcome).succeedsWithin(PATIENCE).isEqualTo(REPLAY));
        assertThat(answered).hasValue(1);
    }

    @Test
    void whoeverComesAfterTheQuestionAsksForHimself() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Client first = new Client(() -> {
            asked.countDown();
            await(answer);
            return REPLAY;
        });
        await(asked);
        Claim.Replay another = new Claim.Replay(
                new RecordedResponse(202, List.of(), new byte[0]), Instant.EPOCH, "redis", Optional.empty());
        Client late = new Client(() -> another);
        awaitAllButOneToWaitForHim(List.of(first, late));

        answer.countDown();

        assertThat(first.outcome).succeedsWithin(PATIENCE).isEqualTo(REPLAY);
        assertThat(late.outcome).succeedsWithin(PATIENCE).isEqualTo(another);
    }

    @Test
    void theOneThatAskedAndExecutesLeavesTheRestWaiting() {
        Claim taken = new Claim.KeyReused(); // represents any outcome that only one caller gets
        List<Client> clients = clients(MANY, () -> {
            if (!ended.get()) {
                return IN_FLIGHT;
            }
            return answered.incrementAndGet() == 1 ? taken : REPLAY;
        });
        awaitAllButOneToWaitForHim(clients);

        ended.set(true);

        assertThat(clients).allSatisfy(client -> assertThat(client.outcome).succeedsWithin(PATIENCE));
        assertThat(clients)
                .extracting(client -> client.outcome.join())
                .filteredOn(taken::equals)
                .hasSize(1);
        assertThat(answered).hasValue(2);
    }

    @Test
    void nobodyIsRememberedWhenAllHaveLeft() {
        claim(Duration.ofMillis(20), ClientLiveness.PRESENT, () -> IN_FLIGHT);
        AtomicInteger asked = new AtomicInteger();

        Claim outcome =
                claim(PATIENCE, ClientLiveness.PRESENT, () -> asked.getAndIncrement() == 0 ? IN_FLIGHT : REPLAY);

        assertThat(outcome).isEqualTo(REPLAY);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoeverIsGoneLeavesHisPlaceAndTheQuestionToTheNext() {
        List<Client> clients = clients(MANY, () -> ended.get() ? REPLAY : IN_FLIGHT);
        awaitAllButOneToWaitForHim(clients);
        Client stays =
                clients.stream().filter(Client::isWaitingForHim).findFirst().orElseThrow();

        clients.stream().filter(client -> client != stays).forEach(client -> client.gone.set(true));

        assertThat(clients).filteredOn(client -> client != stays).allSatisfy(client -> assertThat(client.outcome)
                .succeedsWithin(PATIENCE)
                .isEqualTo(IN_FLIGHT));
        assertThat(stays.outcome).isNotDone();
        ended.set(true);
        assertThat(stays.outcome).succeedsWithin(PATIENCE).isEqualTo(REPLAY);
    }

    /** Claims and waits in turn, as the engine does. */
    private Claim claim(Duration patience, ClientLiveness client, Supplier<Claim> attempt) {
        Claim claim = attempt.get();
        try (RepeatWaiters.Waiter waiter = waiters.enter(ID, patience, client).orElseThrow()) {
            while (claim instanceof Claim.InFlight) {
                RepeatWaiters.Turn turn = waiter.next();
                if (turn instanceof RepeatWaiters.Turn.Told told) {
                    return told.answer();
                }
                if (turn instanceof RepeatWaiters.Turn.NotYet) {
                    return claim;
                }
                claim = attempt.get();
                waiter.claimed(claim);
            }
        }
        return claim;
    }

    private List<Client> clients(int count, Supplier<Claim> whenItWaits) {
        return IntStream.range(0, count).mapToObj(i -> new Client(whenItWaits)).toList();
    }

    private static void awaitAllButOneToWaitForHim(List<Client> clients) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> clients.stream().filter(Client::isWaitingForHim).count() == clients.size() - 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds the first request running, and then waits. */
    private final class Client {
        private final CompletableFuture<Claim> outcome = new CompletableFuture<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicBoolean gone = new AtomicBoolean();
        private final Thread thread;

        Client(Supplier<Claim> whenItWaits) {
            thread = new Thread(() -> outcome.complete(
                    claim(PATIENCE, gone::get, () -> asked.getAndIncrement() == 0 ? IN_FLIGHT : whenItWaits.get())));
            thread.setDaemon(true);
            thread.start();
        }

        boolean isWaitingForHim() {
            return thread.getState() == Thread.State.TIMED_WAITING
                    && Arrays.stream(thread.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("awaitTurn"));
        }
    }
}
