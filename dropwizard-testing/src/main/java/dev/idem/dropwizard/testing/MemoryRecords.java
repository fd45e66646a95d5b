package dev.idem.dropwizard.testing;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The records of a test, and what a test lets happen to them. Thread-safe. */
final class MemoryRecords implements IdempotencyStore {
    static final String NAME = "test-memory";

    private static final long MOST_BYTES = 256L << 20;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final TestClock clock = new TestClock();
    private final MemoryStore records = new MemoryStore(MOST_BYTES, clock);
    private final MemoryStore fallback = new MemoryStore(MOST_BYTES, clock);
    private final Set<RecordId> claimed = ConcurrentHashMap.newKeySet();
    private final Set<UUID> dead = ConcurrentHashMap.newKeySet();
    private final Set<UUID> committing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dying = new AtomicInteger();
    private volatile boolean unavailable;

    /** Decides while this is unavailable. */
    MemoryStore fallback() {
        return fallback;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        ping();
        claimed.add(request.id());
        boolean dies = dying.get() > 0;
        Claim claim = records.claim(dies ? silent(request) : request);
        if (claim instanceof Claim.Acquired acquired) {
            if (dies && dying.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                dead.add(request.owner());
                clock.advance(SHORTEST);
            }
            Lease lease = acquired.lease();
            return new Claim.Acquired(new Lease(lease.request(), NAME, lease.fencing(), lease.attempt()));
        }
        return claim;
    }

    /** The same request by an owner that counts as dead at once. */
    private static ClaimRequest silent(ClaimRequest request) {
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                request.owner(),
                SHORTEST,
                request.ttl(),
                request.origin(),
                request.consistency(),
                request.window());
    }

    @Override
    public boolean renew(Lease lease) {
        ping();
        return isDead(lease) || records.renew(lease);
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        ping();
        return isDead(lease) || records.complete(lease, answer);
    }

    /** The same, before the commit of the request's transaction. An owner that has died commits nothing. */
    boolean completeBeforeCommit(Lease lease, Answer answer) {
        ping();
        committing.add(lease.owner());
        return !isDead(lease) && records.complete(lease, answer);
    }

    @Override
    public boolean abandon(Lease lease) {
        ping();
        if (committing.remove(lease.owner())) {
            records.forgetAnswerOf(lease);
        }
        return isDead(lease) || records.abandon(lease);
    }

    @Override
    public void ping() {
        if (unavailable) {
            throw new StoreUnavailableException(NAME, "the test has made it unavailable");
        }
    }

    private boolean isDead(Lease lease) {
        return dead.contains(lease.owner());
    }

    /** For the engine, which may not see a store that is unavailable. */
    Optional<StoredRecord> read(RecordId id) {
        ping();
        return records.find(id);
    }

    /** For a test, which sees everything. */
    List<StoredRecord> all() {
        return claimed.stream()
                .flatMap(id -> records.find(id).or(() -> fallback.find(id)).stream())
                .toList();
    }

    void killNextOwner() {
        dying.incrementAndGet();
    }

    void makeAvailable(boolean available) {
        unavailable = !available;
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    void clear() {
        records.clear();
        fallback.clear();
        claimed.clear();
        dead.clear();
        committing.clear();
        dying.set(0);
        unavailable = false;
    }
}
