package dev.idem.core.engine;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Simulates a store on its own server: it can be made to fail, and counts its calls. Thread-safe. */
final class BreakableStore implements IdempotencyStore {
    private final String name;
    private final InstantSource clock;
    private final MemoryStore records;
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicReference<Runnable> duringTheNextClaim = new AtomicReference<>(() -> {});
    private final Set<RecordId> unrenewable = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;
    private volatile Instant renewedAt = Instant.MIN;

    BreakableStore(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.records = new MemoryStore(1 << 20, clock);
    }

    void breakDown() {
        broken = true;
    }

    void repair() {
        broken = false;
    }

    /** Loses the record of a running request, like a server that restarts empty. */
    void lose(Lease lease) {
        records.abandon(lease);
    }

    /** Runs between the arrival of the next claim and its reply. */
    void duringTheNextClaim(Runnable event) {
        duringTheNextClaim.set(event);
    }

    /** A heartbeat for it fails with an unexpected exception. */
    void failToRenew(RecordId id) {
        unrenewable.add(id);
    }

    /** How many claims have reached the server, including those that it failed to answer. */
    int claims() {
        return claims.get();
    }

    /** When the last heartbeat arrived. */
    Instant renewedAt() {
        return renewedAt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Claim claim(ClaimRequest request) {
        claims.incrementAndGet();
        duringTheNextClaim.getAndSet(() -> {}).run();
        return asMine(unlessBroken(() -> records.claim(request)));
    }

    @Override
    public boolean renew(Lease lease) {
        Instant now = clock.instant();
        if (unrenewable.contains(lease.id())) {
            throw new IllegalStateException("thrown by the test");
        }
        boolean renewed = unlessBroken(() -> records.renew(lease));
        renewedAt = now;
        return renewed;
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        return unlessBroken(() -> records.complete(lease, answer));
    }

    @Override
    public boolean abandon(Lease lease) {
        return unlessBroken(() -> records.abandon(lease));
    }

    @Override
    public void ping() {
        if (broken) {
            throw new StoreUnavailableException(name, "broken");
        }
    }

    private <T> T unlessBroken(Supplier<T> answer) {
        ping();
        return answer.get();
    }

    private Claim asMine(Claim claim) {
        if (claim instanceof Claim.Acquired acquired) {
            Lease lease = acquired.lease();
            return new Claim.Acquired(new Lease(lease.request(), name, lease.fencing(), lease.attempt()));
        }
        if (claim instanceof Claim.Replay replay) {
            return new Claim.Replay(replay.answer(), replay.completedAt(), name, Optional.empty());
        }
        return claim instanceof Claim.InFlight inFlight ? new Claim.InFlight(inFlight.since(), name) : claim;
    }
}
