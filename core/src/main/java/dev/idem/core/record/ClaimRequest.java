package dev.idem.core.record;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The request to become the one who executes. Claiming twice with the same {@code owner} is safe: the owner of a record
 * gets its lease again. A claim whose reply was lost on the network may therefore be repeated.
 *
 * @param id the record that is claimed
 * @param fingerprint identifies the request; a record with another fingerprint refuses the claim
 * @param owner a random token that only this attempt knows
 * @param lockTimeout after this long without a heartbeat the owner counts as dead (at least 1 ms)
 * @param ttl how long a stored answer is kept, from its completion (at least 1 ms)
 * @param origin the node and the route, for operators
 * @param consistency which store decides
 * @param window for a request without a key: how long a completed record answers; empty if until it expires
 */
public record ClaimRequest(
        RecordId id,
        Fingerprint fingerprint,
        UUID owner,
        Duration lockTimeout,
        Duration ttl,
        ClaimOrigin origin,
        Consistency consistency,
        Optional<Window> window) {

    public ClaimRequest {
        requireMillisecond("lockTimeout", lockTimeout);
        requireMillisecond("ttl", ttl);
        if (window.isEmpty() && id.isWithoutKey()) {
            throw new IllegalArgumentException("a request with a key cannot claim the record of one without");
        }
    }

    /** A request with a key. */
    public ClaimRequest(
            RecordId id,
            Fingerprint fingerprint,
            UUID owner,
            Duration lockTimeout,
            Duration ttl,
            ClaimOrigin origin,
            Consistency consistency) {
        this(id, fingerprint, owner, lockTimeout, ttl, origin, consistency, Optional.empty());
    }

    /** A request with a key that is decided {@linkplain Consistency#FAST fast}. */
    public ClaimRequest(
            RecordId id, Fingerprint fingerprint, UUID owner, Duration lockTimeout, Duration ttl, ClaimOrigin origin) {
        this(id, fingerprint, owner, lockTimeout, ttl, origin, Consistency.FAST);
    }

    /** The same claim, repeated by a request that has found another one running. */
    public ClaimRequest waiting() {
        return new ClaimRequest(
                id,
                fingerprint,
                owner,
                lockTimeout,
                ttl,
                origin,
                consistency,
                window.map(asked -> new Window(asked.length(), true)));
    }

    /** How long the answer stands, from the claim; empty if until the record expires. */
    public Optional<Duration> windowLength() {
        return window.map(Window::length);
    }

    /** Whether a completed record answers although its window has ended. */
    public boolean isWaiting() {
        return window.filter(Window::waiting).isPresent();
    }

    private static void requireMillisecond(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + " is at least 1 ms, not " + duration);
        }
    }
}
