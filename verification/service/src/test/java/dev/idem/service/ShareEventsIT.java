package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.share.event.ShareEvent;
import dev.idem.service.share.event.ShareEventConsumer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shares are handed on: one event a share, brought until it is taken. */
@ExtendWith(ServersExtension.class)
final class ShareEventsIT {
    private static final String ENABLED = "shares.events.enabled";

    private final String key = UUID.randomUUID().toString();
    private final List<ShareEvent> brought = new CopyOnWriteArrayList<>();

    @Test
    void fiftyParallelPostsWithOneKeyMakeOneShareAndOneDelivery(TestRedis redis, TestDatabase database)
            throws Exception {
        try (RunningService service = start(redis, database, brought::add)) {
            String token = service.api().login(RunningService.ANN, RunningService.PASSWORD);
            List<CompletableFuture<HttpResponse<String>>> posts = Stream.generate(
                            () -> service.api().shareLater(token, key, Api.REDDIT))
                    .limit(50)
                    .toList();
            assertThat(posts)
                    .allSatisfy(post -> assertThat(post.get().statusCode()).isEqualTo(201));
            awaitDelivered(database, 1);

            assertThat(count(database, "SELECT count(*) FROM shares")).isEqualTo(1);
            assertThat(count(database, "SELECT count(*) FROM share_events")).isEqualTo(1);
            assertThat(brought).singleElement().satisfies(event -> {
                assertThat(event.shareId().toString())
                        .isEqualTo(Api.json(posts.get(0).get()).get("id").asText());
                assertThat(event.kind()).isEqualTo("share.created");
                assertThat(event.attempt()).isEqualTo(1);
                assertThat(event.derivedKey()).isNotEqualTo(key).hasSize(36);
            });
            assertThat(service.support()
                            .getEnvironment()
                            .metrics()
                            .counter("share-events.delivered")
                            .getCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void aConsumerThatFailsGetsTheEventAgainWithTheSameKey(TestRedis redis, TestDatabase database) throws Exception {
        ShareEventConsumer failsTwice = event -> {
            brought.add(event);
            if (event.attempt() < 3) {
                throw new IllegalStateException("not now");
            }
        };
        try (RunningService service = start(redis, database, failsTwice)) {
            share(service);
            awaitDelivered(database, 1);

            assertThat(brought).extracting(ShareEvent::attempt).containsExactly(1, 2, 3);
            assertThat(brought.stream().map(ShareEvent::derivedKey).distinct()).hasSize(1);
            assertThat(service.support()
                            .getEnvironment()
                            .metrics()
                            .counter("share-events.failed")
                            .getCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void twoNodesShareTheWorkAndBringEachEventOnce(TestRedis redis, TestDatabase database) throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        ShareEventConsumer one = takenOnceBothWork(both);
        ShareEventConsumer other = takenOnceBothWork(both);
        try (RunningService first = start(redis, database, one)) {
            String token = first.api().login(RunningService.ANN, RunningService.PASSWORD);
            try (RunningService second = RunningService.another(redis, database, other, ENABLED, "true")) {
                List<CompletableFuture<HttpResponse<String>>> posts = Stream.generate(() ->
                                second.api().shareLater(token, UUID.randomUUID().toString(), Api.REDDIT))
                        .limit(60)
                        .toList();
                assertThat(posts)
                        .allSatisfy(post -> assertThat(post.get().statusCode()).isEqualTo(201));
                awaitDelivered(database, 60);

                assertThat(brought).hasSize(60).extracting(ShareEvent::id).doesNotHaveDuplicates();
                assertThat(both.getCount()).isZero();
            }
        }
    }

    @Test
    void whatANodeTookAndNeverFinishedIsBroughtByAnother(TestRedis redis, TestDatabase database) throws Exception {
        List<ShareEvent> lost = new CopyOnWriteArrayList<>();
        CountDownLatch forever = new CountDownLatch(1);
        ShareEventConsumer hangs = event -> {
            lost.add(event);
            forever.await();
        };
        try (RunningService stuck = start(redis, database, hangs)) {
            share(stuck);
            await().until(() -> !lost.isEmpty());
            assertThat(count(
                            database,
                            "SELECT count(*) FROM share_events WHERE next_attempt_at > now() + interval '30 s'"))
                    .isEqualTo(1);
            Jdbi.create(database.jdbcUrl())
                    .useHandle(handle -> handle.execute("UPDATE share_events SET next_attempt_at = now()"));
            try (RunningService alive = RunningService.another(redis, database, brought::add, ENABLED, "true")) {
                awaitDelivered(database, 1);

                assertThat(brought).singleElement().satisfies(event -> {
                    assertThat(event.derivedKey()).isEqualTo(lost.get(0).derivedKey());
                    assertThat(event.attempt()).isEqualTo(2);
                });
                assertThat(alive.api().get("/openapi.json").statusCode()).isEqualTo(200);
            }
            forever.countDown();
        }
    }

    @Test
    void nothingIsPutDownWhereNobodyWantsToKnow(TestRedis redis, TestDatabase database) throws Exception {
        try (RunningService service = new RunningService(redis, database)) {
            share(service);

            assertThat(count(database, "SELECT count(*) FROM shares")).isEqualTo(1);
            assertThat(count(database, "SELECT count(*) FROM share_events")).isZero();
        }
    }

    /** Does not take its first event before the other node has one too. */
    private ShareEventConsumer takenOnceBothWork(CountDownLatch both) {
        CountDownLatch mine = new CountDownLatch(1);
        return event -> {
            if (mine.getCount() > 0) {
                mine.countDown();
                both.countDown();
                both.await();
            }
            brought.add(event);
        };
    }

    private static RunningService start(TestRedis redis, TestDatabase database, ShareEventConsumer consumer)
            throws Exception {
        return new RunningService(redis, database, consumer, ENABLED, "true");
    }

    private void share(RunningService service) throws Exception {
        String token = service.api().login(RunningService.ANN, RunningService.PASSWORD);
        assertThat(service.api().share(token, key, Api.REDDIT).statusCode()).isEqualTo(201);
    }

    private void awaitDelivered(TestDatabase database, int events) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        count(database, "SELECT count(*) FROM share_events WHERE delivered_at IS NOT NULL") == events);
    }

    private static int count(TestDatabase database, String query) {
        return Jdbi.create(database.jdbcUrl())
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }
}
