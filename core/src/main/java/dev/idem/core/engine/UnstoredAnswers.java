package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.Answer;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that no store could take. This process keeps them in memory and keeps their leases alive. It offers them to
 * the authoritative store until that stores them, or reports that another owner's answer stands. Thread-safe.
 */
final class UnstoredAnswers {
    private static final Logger log = LoggerFactory.getLogger(UnstoredAnswers.class);

    private final MemoryStore memory;
    private final Consumer<Lease> settled;
    private final Map<RecordId, Unsettled> unsettled = new ConcurrentHashMap<>();

    /**
     * @param executed the lease of the execution, under which memory keeps the answer
     * @param lease the lease under which the stores are offered the answer
     */
    private record Unsettled(Lease executed, Lease lease, Answer answer, ConsistencyStrategy decider) {

        Unsettled under(Lease other) {
            return other.fencing() > lease.fencing() ? new Unsettled(executed, other, answer, decider) : this;
        }
    }

    /** @param settled receives each lease that has ended in a store */
    UnstoredAnswers(MemoryStore memory, Consumer<Lease> settled) {
        this.memory = memory;
        this.settled = settled;
    }

    /**
     * Moves an earlier owner's unstored answer to this lease if this lease is newer, since the stores refuse the older
     * one.
     *
     * @return that answer; empty if none waits
     */
    Optional<Answer> adopt(Lease lease) {
        return Optional.ofNullable(unsettled.get(lease.id()))
                .filter(this::stands)
                .map(held -> unsettled.computeIfPresent(lease.id(), (id, still) -> still.under(lease)))
                .map(Unsettled::answer);
    }

    CompletionOutcome keep(Lease lease, Answer answer, ConsistencyStrategy decider) {
        Optional<Answer> earlier = adopt(lease);
        if (earlier.isPresent()) {
            return new CompletionOutcome.InMemoryOnly(earlier);
        }
        CompletionOutcome outcome = CompletionAttempt.in(memory, lease, answer).outcome();
        if (!(outcome instanceof CompletionOutcome.Stored)) {
            return outcome;
        }
        unsettled.put(lease.id(), new Unsettled(lease, lease, answer, decider));
        return new CompletionOutcome.InMemoryOnly(Optional.empty());
    }

    /** Offers them again. Never throws because a store is unavailable. */
    void runOnce() {
        for (Unsettled each : unsettled.values()) {
            try {
                offer(each);
            } catch (StoreUnavailableException e) {
                log.debug("{} stays in memory: {}", each.lease().id(), e.getMessage());
                return;
            } catch (RuntimeException e) {
                OutOfMemoryExit.haltAfter(e);
                // Rethrown, it would keep all other answers from being offered.
                log.error(
                        "{} stays in memory: it could not be offered to a store",
                        each.lease().id(),
                        e);
            }
        }
    }

    private void offer(Unsettled each) {
        RecordId id = each.lease().id();
        if (!memory.hasAnswerOf(each.executed())) {
            log.warn("{}: its answer was never stored: memory was full, or its time to live has ended", id);
        } else if (each.decider().complete(each.lease(), each.answer()) instanceof CompletionOutcome.Fenced) {
            log.warn("{}: a late answer was refused, another owner had taken over", id);
        }
        if (unsettled.remove(id, each)) { // otherwise it now waits under another lease
            memory.forgetAnswerOf(each.executed());
            settled.accept(each.lease());
        }
    }

    /** A window or a time to live that has ended begins anew, and a newer lease is for an answer of its own. */
    private boolean stands(Unsettled held) {
        return held.lease().request().window().isEmpty() && memory.hasAnswerOf(held.executed());
    }

    int size() {
        return unsettled.size();
    }
}
