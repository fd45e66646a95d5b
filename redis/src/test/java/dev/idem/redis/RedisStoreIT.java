package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScript;
import dev.idem.testing.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** On a separate Redis, because two tests make the server forget its scripts. */
@SuppressWarnings("NullAway.Init") // JUnit calls the method that starts the server
class RedisStoreIT extends StoreContract {
    private static final ClaimRequest REQUEST = new ClaimRequest(
            new RecordId(new Scope("user:1"), "k"),
            new Fingerprint(new byte[Fingerprint.LENGTH]),
            UUID.randomUUID(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            new ClaimOrigin("node", "POST /"));

    private static EphemeralRedis server;

    private final UnifiedJedis redis;
    private final String keyPrefix = "t" + UUID.randomUUID() + ":";
    private final RedisMarkers trust;
    private final RedisStore store;
    private @Nullable Generation generation;

    @BeforeAll
    static void startServer() {
        server = EphemeralRedis.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    RedisStoreIT() {
        RedisTarget.External target = (RedisTarget.External) RedisTarget.parse(server.url(), null);
        redis = new RedisConnections(Duration.ofSeconds(5), 64).open(target);
        trust = new RedisMarkers(() -> redis, keyPrefix);
        generation = decideAnew();
        store = new RedisStore(() -> redis, keyPrefix, () -> Optional.ofNullable(generation));
    }

    @Override
    protected IdempotencyStore store() {
        return store;
    }

    @Test
    void aServerThatForgotTheScriptsIsAnotherOneThanWasTrusted() {
        Lease lease = ((Claim.Acquired) store.claim(REQUEST)).lease();

        redis.scriptFlush();

        assertNotInCharge(lease);
        assertThat(trust.isIntact(requireNonNull(generation))).isFalse();
    }

    /** A server may forget those that it has not used for long. */
    @Test
    void aServerThatForgotOnlyTheRareScriptsIsFoundBeforeTheyAreNeeded() {
        Lease lease = ((Claim.Acquired) store.claim(REQUEST)).lease();
        Generation current = requireNonNull(generation);
        for (int check = 0; check < 20; check++) {
            assertThat(trust.lossOf(current)).isEmpty();
        }
        assertThat(store.renew(lease)).isTrue();
        redis.scriptFlush();

        Object known = RedisScript.load("verify.lua")
                .of(current)
                .teach(redis, List.of(markerOf(REQUEST.id()).getBytes(US_ASCII)), List.of());

        assertThat(known).isEqualTo(1L);
        assertThat(trust.lossOf(current))
                .hasValueSatisfying(loss -> assertThat(loss).contains("has lost its scripts"));
    }

    @Test
    void aServerThatWasEmptiedDoesNotDecide() {
        Lease lease = ((Claim.Acquired) store.claim(REQUEST)).lease();

        redis.del(markerOf(REQUEST.id()));

        assertNotInCharge(lease);
        assertThat(trust.isIntact(requireNonNull(generation))).isFalse();
    }

    @Test
    void aServerThatIsRefilledDoesNotDecide() {
        Lease lease = ((Claim.Acquired) store.claim(REQUEST)).lease();
        Generation old = requireNonNull(generation);

        trust.beginRefill(old, Generation.next());

        assertNotInCharge(lease);
        assertThat(trust.isIntact(old)).isFalse();
    }

    @Test
    void aNewGenerationKnowsTheLeasesOfTheOld() {
        Lease lease = ((Claim.Acquired) store.claim(REQUEST)).lease();

        generation = decideAnew();

        assertThat(store.claim(REQUEST)).isEqualTo(new Claim.Acquired(lease));
        assertThat(trust.isIntact(generation)).isTrue();
    }

    @Test
    void aRefillThatAnotherHasOvertakenChangesNothing() {
        Generation overtaken = Generation.next();
        trust.beginRefill(requireNonNull(generation), overtaken);
        Generation next = decideAnew();

        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> trust.trust(overtaken));
        assertThat(trust.isIntact(next)).isTrue();
    }

    @Test
    void aRefillLearnsInTheSameStepWhetherAnythingWasLost() {
        assertThat(trust.beginRefill(requireNonNull(generation), Generation.next()))
                .isTrue();

        generation = decideAnew();
        redis.del(markerOf(REQUEST.id()));
        assertThat(trust.beginRefill(generation, Generation.next())).isFalse();

        generation = decideAnew();
        redis.scriptFlush();
        assertThat(trust.beginRefill(generation, Generation.next())).isFalse();
    }

    @Test
    void whatIsEmptiedDuringItsRefillIsNotTrusted() {
        Generation next = Generation.next();
        trust.beginRefill(requireNonNull(generation), next);

        redis.del(markerOf(REQUEST.id()));

        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> trust.trust(next));
    }

    @Test
    void withoutTrustNothingIsAsked() {
        generation = null;

        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.claim(REQUEST));
    }

    private Generation decideAnew() {
        Generation next = Generation.next();
        trust.beginRefill(Generation.next(), next);
        trust.trust(next);
        return next;
    }

    private String markerOf(RecordId id) {
        return new String(new RedisKeys(keyPrefix).markerOf(id), US_ASCII);
    }

    private void assertNotInCharge(Lease lease) {
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.claim(REQUEST));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.renew(lease));
        assertThatExceptionOfType(NotAuthoritativeException.class)
                .isThrownBy(() -> store.complete(lease, new RecordedResponse(201, List.of(), new byte[0])));
        assertThatExceptionOfType(NotAuthoritativeException.class).isThrownBy(() -> store.abandon(lease));
    }

    @AfterEach
    void close() {
        redis.close();
    }
}
