package dev.idem.postgres;

import dev.idem.core.record.Answer;
import dev.idem.core.record.Lease;
import dev.idem.core.store.AnswerCodec;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Completes a record in the transaction in which the request took effect. PostgreSQL is then the arbiter whatever store
 * granted the lease: of all transactions that execute for one key, one is committed. Thread-safe.
 */
public final class AtomicCompletion {
    private final String complete = new Statements().load("complete_atomically");

    /**
     * @param transaction open, at PostgreSQL's default isolation; the caller commits it if this returns true, and must
     *     roll it back otherwise
     * @return false if another answer is stored, or a later owner has taken over
     * @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL cannot be asked
     */
    public boolean complete(Handle transaction, Lease lease, Answer answer) {
        return PostgresFailures.translate(PostgresStore.NAME, () -> transaction
                .createQuery(complete)
                .bind("scope", lease.id().scope().value())
                .bind("key", lease.id().key())
                .bind("fingerprint", lease.request().fingerprint().bytes())
                .bind("owner", lease.owner())
                .bind("fencing", lease.fencing())
                .bind("attempt", lease.attempt())
                .bind("node", lease.request().origin().node())
                .bind("route", lease.request().origin().route())
                .bind("lockTimeoutMs", lease.request().lockTimeout().toMillis())
                .bind(
                        "windowMs",
                        lease.request().windowLength().map(Duration::toMillis).orElse(null))
                .bind("ttlMs", lease.request().ttl().toMillis())
                .bind("answer", AnswerCodec.encode(answer))
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }
}
