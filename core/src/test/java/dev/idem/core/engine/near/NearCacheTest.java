package dev.idem.core.engine.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearCacheTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TTL = Duration.ofHours(24);

    private final AtomicLong lent = new AtomicLong(1 << 20);
    private final NearCache cache = new NearCache(1 << 20, lent::get);

    @Test
    void anAnswerIsKeptForItsRequestAndForNoOther() {
        remember(request("k", 1), answer(100), LONG);

        assertThat(cache.find(request("k", 1)))
                .contains(new Claim.Replay(answer(100), Instant.EPOCH, NearCache.NAME, Optional.empty()));
        assertThat(cache.find(request("k", 2))).isEmpty();
        assertThat(cache.find(request("other", 1))).isEmpty();
    }

    @Test
    void anAnswerMayOutliveCountsOfNanoseconds() {
        remember(request("k", 1), answer(100), Duration.ofDays(8_000 * 365));

        assertThat(cache.find(request("k", 1))).isPresent();
    }

    @Test
    void whatMayChangeIsNotKept() {
        remember(request("unknown", 1), AnswerNotStored.OUTCOME_UNKNOWN, LONG);
        remember(withWindow("window"), answer(100), LONG);

        assertThat(cache.find(request("unknown", 1))).isEmpty();
        assertThat(cache.find(withWindow("window"))).isEmpty();
        assertThat(cache.find(request("window", 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void whatItsStoreNoLongerHasIsNotKept(long millis) {
        remember(request("k", 1), answer(100), Duration.ofMillis(millis));

        assertThat(cache.find(request("k", 1))).isEmpty();
    }

    @Test
    void anAnswerIsForgottenWithItsStoresRecord() {
        remember(request("k", 1), answer(100), Duration.ofMillis(50));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> cache.find(request("k", 1)).isEmpty());
    }

    @Test
    void bytesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            remember(request("k" + i, 1), answer(10_000), LONG);
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> cache.size() <= (1 << 20) / 10_000);
        assertThat(cache.size()).isPositive();
    }

    @Test
    void itGivesWayToOtherPartsAndGrowsAgain() {
        remember(request("k", 1), answer(10_000), LONG);
        lent.set(1_000);

        cache.resize();

        assertThat(cache.bytes()).isLessThanOrEqualTo(1_000);
        assertThat(cache.find(request("k", 1))).isEmpty();
        lent.set(1 << 20);
        cache.resize();
        remember(request("k", 1), answer(10_000), LONG);
        assertThat(cache.find(request("k", 1))).isPresent();
    }

    @Test
    void nothingIsAddedWhileOtherPartsNeedTheMemory() {
        lent.set(0);

        remember(request("k", 1), answer(10_000), LONG);

        await().atMost(Duration.ofSeconds(5)).until(() -> cache.bytes() == 0);
    }

    @Test
    void whatWasDeletedWhileTheStoreWasAskedDoesNotComeBack() {
        NearCache.Asked before = cache.asking();
        cache.clear();

        cache.remember(request("k", 1), replay(answer(100), LONG), before);

        assertThat(cache.find(request("k", 1))).isEmpty();
    }

    @Test
    void aDeletionClearsIt() {
        remember(request("k", 1), answer(100), LONG);

        cache.clear();

        assertThat(cache.find(request("k", 1))).isEmpty();
    }

    @Test
    void withoutRoomItKeepsNothing() {
        NearCache none = new NearCache(0, () -> 0);
        none.remember(request("k", 1), replay(answer(1), LONG), none.asking());

        assertThat(none.find(request("k", 1))).isEmpty();
        assertThat(none.isEnabled()).isFalse();
    }

    private void remember(ClaimRequest request, Answer answer, Duration life) {
        cache.remember(request, replay(answer, life), cache.asking());
    }

    private static Claim.Replay replay(Answer answer, Duration life) {
        return new Claim.Replay(answer, Instant.EPOCH, "redis", Optional.of(life));
    }

    private static Answer answer(int bytes) {
        return new RecordedResponse(201, List.of(), new byte[bytes]);
    }

    private static ClaimRequest request(String key, int body) {
        return request(key, body, Optional.empty());
    }

    private static ClaimRequest withWindow(String key) {
        return request(key, 1, Optional.of(new Window(LONG, false)));
    }

    private static ClaimRequest request(String key, int body, Optional<Window> window) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) body;
        return new ClaimRequest(
                new RecordId(new Scope("user:1"), key),
                new Fingerprint(digest),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                TTL,
                new ClaimOrigin("node", "POST /orders"),
                Consistency.FAST,
                window);
    }
}
