package dev.idem.http.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BodyReservationTest {
    private static final int MIB = 1 << 20;

    private final BodyMemory memory = new BodyMemory(4 * MIB);

    @Test
    void aRequestTakesWhatHasComeOfItAndGivesItBackOnce() {
        BodyReservation room = memory.reservation();

        assertThat(room.grow(100)).isTrue();
        assertThat(memory.held()).isEqualTo(1024);
        assertThat(room.grow(2_000)).isTrue();
        assertThat(memory.held()).isEqualTo(2048);

        room.release();
        room.release();
        assertThat(memory.held()).isZero();
        assertThat(memory.refused()).isZero();
    }

    @Test
    void largeBodiesGetHalfOfIt() throws BodyMemoryExhaustedException {
        BodyReservation first = memory.reservation();
        BodyReservation second = memory.reservation();
        assertThat(first.grow(MIB)).isTrue();
        assertThat(second.grow(MIB)).isTrue();

        BodyReservation third = memory.reservation();
        assertThat(third.couldTake(MIB)).isFalse();
        assertThat(third.grow(MIB)).isFalse();
        assertThat(memory.refused()).isEqualTo(1);

        BodyReservation small = memory.reservation();
        assertThat(small.grow(64 << 10)).isTrue();
        small.reserve(MIB);
    }

    @Test
    void whatHasComeIsNotAskedForAgain() {
        BodyReservation first = memory.reservation();
        BodyReservation second = memory.reservation();
        assertThat(first.couldTake(MIB)).isTrue();
        assertThat(first.grow(MIB)).isTrue();
        assertThat(second.grow(MIB)).isTrue();

        assertThat(first.couldTake(MIB)).isTrue();
        assertThat(first.couldTake(2 * MIB)).isFalse();
    }

    @Test
    void aLargeBodyTakesWhatItSaysOnceItHasBegun() {
        BodyReservation room = memory.reservation();
        assertThat(room.couldTake(MIB)).isTrue();
        assertThat(room.grow(64 << 10)).isTrue();
        assertThat(memory.held()).isEqualTo(64 << 10);

        assertThat(room.grow((64 << 10) + 1)).isTrue();

        assertThat(memory.held()).isEqualTo(MIB);
    }

    @Test
    void anAnswerTakesItsRoomOnce() throws BodyMemoryExhaustedException {
        BodyReservation room = memory.reservation();
        room.reserve(MIB);
        room.reserve(MIB);

        assertThat(memory.held()).isEqualTo(MIB);
    }

    @Test
    void whatAnAnswerDoesNotNeedIsGivenBackBeforeItIsSent() throws BodyMemoryExhaustedException {
        BodyReservation room = memory.reservation();
        room.reserve(MIB);

        room.shrink(2_000);
        assertThat(memory.held()).isEqualTo(2_048);
        room.shrink(MIB);
        assertThat(memory.held()).isEqualTo(2_048);

        room.release();
        room.shrink(0);
        assertThat(memory.held()).isZero();
    }

    @Test
    void whoFindsNoRoomForAnAnswerIsRefused() throws BodyMemoryExhaustedException {
        BodyReservation full = memory.reservation();
        full.reserve(4 * MIB);
        BodyReservation refused = memory.reservation();

        assertThatThrownBy(() -> refused.reserve(1)).isInstanceOf(BodyMemoryExhaustedException.class);
        assertThatThrownBy(() -> refused.reserveInTurn(1)).isInstanceOf(BodyMemoryExhaustedException.class);
        refused.release();

        assertThat(memory.refused()).isEqualTo(1);
        assertThat(memory.held()).isEqualTo(4 * MIB);
    }

    @Test
    void whoWaitsGetsTheRoomThatIsGivenBack() throws Exception {
        BodyReservation full = memory.reservation();
        full.reserve(4 * MIB);
        BodyReservation waiting = memory.reservation();
        CompletableFuture<Void> reserved = CompletableFuture.runAsync(() -> {
            try {
                waiting.reserveInTurn(MIB);
            } catch (BodyMemoryExhaustedException e) {
                throw new IllegalStateException(e);
            }
        });
        full.release();

        await().until(reserved::isDone);
        assertThat(reserved).isCompleted();
        assertThat(memory.held()).isEqualTo(MIB);
    }

    @Test
    void whatComesAfterTheEndIsNotKept() {
        BodyReservation room = memory.reservation();
        room.release();

        assertThat(room.grow(1)).isFalse();
        assertThat(memory.held()).isZero();
    }

    @Test
    void manyAtOnceNeverTakeMoreThanThereIs() {
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        IntStream.range(0, 200)
                .forEach(i -> requests.add(CompletableFuture.runAsync(() -> {
                    BodyReservation room = memory.reservation();
                    for (int bytes = 1; bytes < MIB && room.grow(bytes); bytes *= 3) {
                        assertThat(memory.held()).isBetween(0L, memory.limit());
                    }
                    try {
                        room.reserve(MIB);
                    } catch (BodyMemoryExhaustedException full) {
                        assertThat(memory.refused()).isPositive();
                    } finally {
                        room.release();
                    }
                })));

        assertThat(CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)))
                .succeedsWithin(java.time.Duration.ofSeconds(30));
        assertThat(memory.held()).isZero();
        BodyReservation all = memory.reservation();
        assertThat(all.grow(2 * MIB)).isTrue();
    }
}
