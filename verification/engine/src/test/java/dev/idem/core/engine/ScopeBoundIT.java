package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.redis.RedisRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scope at its bound on this node, on real stores: new keys are refused and leave no trace, all others are answered as always. */
@ExtendWith(ServersExtension.class)
class ScopeBoundIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {7});

    private final TestRedis redis;
    private final TestDatabase database;
    private final List<Site> sites = new ArrayList<>();

    ScopeBoundIT(TestRedis redis, TestDatabase database) {
        this.redis = redis;
        this.database = database;
    }

    @AfterEach
    void close() {
        sites.forEach(Site::close);
    }

    private Site site(String name, Site.Stores stores) {
        Site site = new Site(name, redis, database, stores, InstantSource.system());
        sites.add(site);
        return site;
    }

    private static Policy two(Consistency consistency, Duration wait) {
        return new Policy(Duration.ofHours(1), Duration.ofSeconds(30), wait, OnStoreFailure.CLOSED, consistency, 2);
    }

    private static Lease acquire(Site site, String key, Policy policy) {
        return ((Claim.Acquired) site.claim(key, policy)).lease();
    }

    private static void assertRefused(Site site, String key, Policy policy) {
        assertThatExceptionOfType(TooManyInFlightException.class).isThrownBy(() -> site.claim(key, policy));
    }

    @ParameterizedTest
    @CsvSource({"BOTH, FAST", "BOTH, STRICT", "POSTGRESQL, FAST", "POSTGRESQL, STRICT"})
    void onlyNewKeysAreRefused(Site.Stores stores, Consistency consistency) {
        Policy policy = two(consistency, Duration.ZERO);
        Site site = site("node", stores);
        site.engine.complete(acquire(site, "stored", policy), ANSWER);
        Lease running = acquire(site, "a", policy);
        acquire(site, "b", policy);

        assertRefused(site, "new", policy);

        assertThat(site.claim("stored", policy))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(ANSWER));
        assertThat(site.claim("a", policy)).isInstanceOf(Claim.InFlight.class);
        assertThat(otherRequest(site, "a", policy)).isInstanceOf(Claim.KeyReused.class);
        assertThat(otherRequest(site, "stored", policy)).isInstanceOf(Claim.KeyReused.class);
        assertThat(new PostgresRecords(Jdbi.create(database.jdbcUrl())).find(Node.id("new")))
                .isEmpty();
        if (stores == Site.Stores.BOTH) {
            assertThat(new RedisRecords(site::redis, redis.keyPrefix()).find(Node.id("new")))
                    .isEmpty();
        }
        site.engine.complete(running, ANSWER);
        acquire(site, "new", policy);
    }

    private static Claim otherRequest(Site site, String key, Policy policy) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        Arrays.fill(digest, (byte) 9);
        return site.engine.claim(Node.id(key), new Fingerprint(digest), policy, "POST /orders");
    }

    @ParameterizedTest
    @CsvSource({"FAST", "STRICT"})
    void aRepeatWaitsForItsAnswer(Consistency consistency) {
        Site site = site("node", Site.Stores.BOTH);
        Policy policy = two(consistency, PATIENCE);
        Lease running = acquire(site, "a", policy);
        acquire(site, "b", policy);
        CompletableFuture<Claim> repeat = CompletableFuture.supplyAsync(() -> site.claim("a", policy));
        assertRefused(site, "new", policy);

        site.engine.complete(running, ANSWER);

        assertThat(repeat).succeedsWithin(PATIENCE).isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(
                        replay.answer())
                .isEqualTo(ANSWER));
    }

    @Test
    void ofManyEqualRequestsAtOnceOneExecutesAndNoneIsRefused() {
        Site site = site("node", Site.Stores.BOTH);
        Policy one = new Policy(
                Duration.ofHours(1), Duration.ofSeconds(30), PATIENCE, OnStoreFailure.CLOSED, Consistency.FAST, 1);
        List<CompletableFuture<Claim>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                Claim claim = site.claim("k", one);
                if (claim instanceof Claim.Acquired acquired) {
                    site.engine.complete(acquired.lease(), ANSWER);
                }
                return claim;
            }));
        }

        assertThat(all)
                .extracting(CompletableFuture::join)
                .hasOnlyElementsOfTypes(Claim.Acquired.class, Claim.Replay.class)
                .filteredOn(Claim.Acquired.class::isInstance)
                .hasSize(1);
    }

    @Test
    void eachNodeCountsForItself() {
        Policy policy = two(Consistency.FAST, Duration.ZERO);
        Site one = site("one", Site.Stores.BOTH);
        Site other = site("other", Site.Stores.BOTH);
        acquire(one, "a", policy);
        acquire(one, "b", policy);
        acquire(other, "c", policy);
        acquire(other, "d", policy);

        assertThat(other.claim("a", policy)).isInstanceOf(Claim.InFlight.class);
        assertRefused(other, "e", policy);
    }

    @Test
    void toTakeOverADeadOwnersRequestTakesAPlaceLikeANewOne() {
        Policy shortly = new Policy(
                Duration.ofHours(1), Duration.ofSeconds(1), Duration.ZERO, OnStoreFailure.CLOSED, Consistency.FAST, 1);
        Site dead = site("dead", Site.Stores.BOTH);
        Site alive = site("alive", Site.Stores.BOTH);
        acquire(dead, "orphan", shortly);
        dead.cutOff();
        Lease running = acquire(alive, "a", two(Consistency.FAST, Duration.ZERO));
        RedisRecords records = new RedisRecords(alive::redis, redis.keyPrefix());
        await().atMost(PATIENCE)
                .until(() -> records.find(Node.id("orphan")).orElseThrow().stale());

        assertRefused(alive, "orphan", shortly);
        alive.engine.complete(running, ANSWER);

        assertThat(acquire(alive, "orphan", shortly).attempt()).isEqualTo(2);
        dead.reconnect();
    }

    @ParameterizedTest
    @CsvSource({"FAST", "STRICT"})
    void withoutAKeyARepeatIsAnsweredWithinItsWindowOnly(Consistency consistency) {
        Site site = site("node", Site.Stores.BOTH);
        Policy policy = two(consistency, Duration.ZERO);
        Duration longWindow = Duration.ofHours(1);
        Duration shortWindow = Duration.ofMillis(1);
        for (Duration window : List.of(longWindow, shortWindow)) {
            Claim first = site.claim("text" + window, window, policy);
            site.engine.complete(((Claim.Acquired) first).lease(), ANSWER);
        }
        acquire(site, "a", policy);
        acquire(site, "b", policy);

        assertThat(site.claim("text" + longWindow, longWindow, policy)).isInstanceOf(Claim.Replay.class);
        await().atMost(PATIENCE).untilAsserted(() -> assertThatExceptionOfType(TooManyInFlightException.class)
                .isThrownBy(() -> site.claim("text" + shortWindow, shortWindow, policy)));
    }

    @Test
    void whileNoStoreIsThereMemoryKnowsTheRepeats() {
        Policy open = new Policy(
                Duration.ofHours(1), Duration.ofSeconds(30), Duration.ZERO, OnStoreFailure.OPEN, Consistency.FAST, 1);
        Site site = site("node", Site.Stores.BOTH);
        site.cutOff();
        site.engine.complete(acquire(site, "stored", open), ANSWER);
        acquire(site, "a", open);

        assertRefused(site, "new", open);
        assertThat(site.claim("stored", open)).isInstanceOf(Claim.Replay.class);
        assertThat(site.claim("a", open)).isInstanceOf(Claim.InFlight.class);
    }
}
