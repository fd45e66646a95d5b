package dev.idem.core.journal;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A lease as Redis grants it; each change creates a new one. */
public record Sample(
        RecordId id,
        UUID owner,
        long fencing,
        Duration lockTimeout,
        Duration ttl,
        String node,
        Optional<Window> window) {

    /** A lease of a new owner. */
    public static Sample of(Scope scope, String key) {
        return new Sample(
                new RecordId(scope, key),
                UUID.randomUUID(),
                1_000,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                "n1",
                Optional.empty());
    }

    /** A lease of another owner, for the same record. */
    public Sample successor(long fencing) {
        return new Sample(id, UUID.randomUUID(), fencing, lockTimeout, ttl, node, window);
    }

    public Sample lockTimeout(Duration changed) {
        return new Sample(id, owner, fencing, changed, ttl, node, window);
    }

    public Sample ttl(Duration changed) {
        return new Sample(id, owner, fencing, lockTimeout, changed, node, window);
    }

    public Sample node(String changed) {
        return new Sample(id, owner, fencing, lockTimeout, ttl, changed, window);
    }

    /** A lease of a request without a key. */
    public Sample within(Duration length) {
        return new Sample(id, owner, fencing, lockTimeout, ttl, node, Optional.of(new Window(length, false)));
    }

    public ClaimRequest request() {
        return new ClaimRequest(
                id,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                owner,
                lockTimeout,
                ttl,
                new ClaimOrigin(node, "POST /"),
                Consistency.FAST,
                window);
    }

    public Lease lease() {
        return new Lease(request(), "redis", fencing, 1);
    }

    /** A lease as if taken over from a stale owner. */
    public Lease takenOver() {
        return new Lease(request(), "redis", fencing, 2);
    }

    /** An answer with a repeated header and a body of random bytes, the same for the same seed. */
    public static RecordedResponse answer(int seed, int length) {
        byte[] body = new byte[length];
        new Random(seed).nextBytes(body);
        return new RecordedResponse(
                201,
                List.of(new Header("Link", "</a>"), new Header("Location", "/" + seed), new Header("Link", "</b>")),
                body);
    }
}
