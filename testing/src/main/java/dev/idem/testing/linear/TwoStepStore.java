package dev.idem.testing.linear;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store with the usual mistake: correct for one thread, but it looks a record up and then changes it in a separate
 * step.
 */
public final class TwoStepStore implements IdempotencyStore {
    private final Map<RecordId, Entry> records = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "two-step";
    }

    @Override
    public Claim claim(ClaimRequest request) {
        Entry held = lookUp(request.id());
        if (held == null) {
            held = new Entry(request, null);
            records.put(request.id(), held);
        }
        if (!held.request().fingerprint().equals(request.fingerprint())) {
            return new Claim.KeyReused();
        }
        if (held.answer() != null) {
            return new Claim.Replay(held.answer(), Instant.EPOCH, name(), Optional.empty());
        }
        return held.request().owner().equals(request.owner())
                ? new Claim.Acquired(new Lease(request, name(), 1, 1))
                : new Claim.InFlight(Instant.EPOCH, name());
    }

    @Override
    public boolean complete(Lease lease, Answer answer) {
        Entry held = lookUp(lease.id());
        if (held == null || !held.request().owner().equals(lease.owner())) {
            return false;
        }
        if (held.answer() == null) {
            records.put(lease.id(), new Entry(held.request(), answer));
        }
        return true;
    }

    @Override
    public boolean abandon(Lease lease) {
        Entry held = lookUp(lease.id());
        if (held == null || held.answer() != null || !held.request().owner().equals(lease.owner())) {
            return false;
        }
        return records.remove(lease.id()) != null;
    }

    @Override
    public boolean renew(Lease lease) {
        throw new UnsupportedOperationException("no operation renews");
    }

    @Override
    public void ping() {}

    /** Other threads may run before the caller continues, as during a server's reply over the network. */
    @SuppressWarnings("ThreadPriorityCheck") // only makes the mistake appear sooner
    private @Nullable Entry lookUp(RecordId id) {
        Entry held = records.get(id);
        Thread.yield();
        return held;
    }

    private record Entry(ClaimRequest request, @Nullable Answer answer) {}
}
