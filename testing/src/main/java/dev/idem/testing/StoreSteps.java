package dev.idem.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.store.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of a store do with it, in a scope of each test's own. */
abstract class StoreSteps {
    static final Duration LONG = Duration.ofMinutes(5);
    static final Duration SHORT = Duration.ofMillis(40);
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Fingerprint FINGERPRINT = fingerprint(1);
    static final Fingerprint OTHER_FINGERPRINT = fingerprint(2);

    private Scope scope = new Scope("nobody");

    @BeforeEach
    void eachTestHasAScopeOfItsOwn() {
        scope = new Scope("user:" + UUID.randomUUID());
    }

    /** The store, empty or not: each test has its own scope. */
    protected abstract IdempotencyStore store();

    Scope scope() {
        return scope;
    }

    ClaimRequest within(Duration window, String key) {
        ClaimRequest request = request(key);
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                request.owner(),
                LONG,
                LONG,
                request.origin(),
                Consistency.FAST,
                Optional.of(new Window(window, false)));
    }

    Lease acquire(ClaimRequest request) {
        Claim claim = store().claim(request);
        assertThat(claim).isInstanceOf(Claim.Acquired.class);
        return ((Claim.Acquired) claim).lease();
    }

    Lease awaitAcquired(Supplier<ClaimRequest> request) {
        Claim claim = await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> store().claim(request.get()), Claim.Acquired.class::isInstance);
        return ((Claim.Acquired) claim).lease();
    }

    Answer replay(String key) {
        Claim claim = store().claim(request(key));
        assertThat(claim).isInstanceOf(Claim.Replay.class);
        return ((Claim.Replay) claim).answer();
    }

    ClaimRequest request(String key) {
        return request(key, FINGERPRINT);
    }

    ClaimRequest request(String key, Fingerprint fingerprint) {
        return request(key, fingerprint, LONG, LONG);
    }

    ClaimRequest request(String key, Fingerprint fingerprint, Duration lockTimeout, Duration ttl) {
        return new ClaimRequest(
                new RecordId(scope, key),
                fingerprint,
                UUID.randomUUID(),
                lockTimeout,
                ttl,
                new ClaimOrigin("node", "POST /"));
    }

    static ClaimRequest request(RecordId id) {
        return new ClaimRequest(id, FINGERPRINT, UUID.randomUUID(), LONG, LONG, new ClaimOrigin("node", "POST /"));
    }

    static RecordedResponse response(int status, String body) {
        return new RecordedResponse(status, List.of(new Header("Content-Type", "text/plain")), body.getBytes(UTF_8));
    }

    static Fingerprint fingerprint(int first) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        digest[0] = (byte) first;
        return new Fingerprint(digest);
    }
}
