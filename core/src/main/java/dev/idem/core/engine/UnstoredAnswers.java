package dev.idem.core.engine;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.ConsistencyStrategy;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that no store could take. The memory store keeps them, and this process keeps their leases alive. It offers
 * them to the authoritative store until that stores them, or reports that another owner's answer stands. Meanwhile it
 * shares them with other nodes through a store that responds. Of an answer for which there was no memory, and that was
 * not shared, it offers that there was one. Thread-safe.
 */
final class UnstoredAnswers {
    private static final Logger log = LoggerFactory.getLogger(UnstoredAnswers.class);

    /** There may be thousands of answers, and a process that ends runs one round more. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    private final MemoryStore memory;
    private final Consumer<Lease> ended;
    private final Map<RecordId, Unstored> unstored = new ConcurrentHashMap<>();

    /**
     * @param executed the lease of the execution, under which memory keeps the answer
     * @param lease the lease under which the stores are offered the answer
     * @param shared whether a store that is not authoritative has the answer
     */
    private record Unstored(Lease executed, Lease lease, ConsistencyStrategy strategy, boolean shared) {

        Unstored under(Lease other) {
            return other.fencing() > lease.fencing() ? new Unstored(executed, other, strategy, false) : this;
        }

        /** @return this if the answer was not shared */
        Unstored share(Answer answer) {
            return shared || !strategy.share(lease, answer) ? this : new Unstored(executed, lease, strategy, true);
        }
    }

    /** @param ended receives each lease that has ended in a store */
    UnstoredAnswers(MemoryStore memory, Consumer<Lease> ended) {
        this.memory = memory;
        this.ended = ended;
    }

    /**
     * Moves an earlier owner's unstored answer to this lease if this lease is newer, since the stores refuse the older
     * one.
     *
     * @return that answer; empty if none waits
     */
    Optional<Answer> adopt(Lease lease) {
        return Optional.ofNullable(unstored.get(lease.id()))
                .filter(this::stands)
                .map(held -> unstored.computeIfPresent(lease.id(), (id, still) -> still.under(lease)))
                .flatMap(held -> memory.answerOf(held.executed()));
    }

    CompletionOutcome keep(Lease lease, Answer answer, ConsistencyStrategy strategy) {
        Optional<Answer> earlier = adopt(lease);
        if (earlier.isPresent()) {
            return new CompletionOutcome.InMemoryOnly(earlier);
        }
        if (!memory.complete(lease, answer)) {
            // The fast store granted it. It has executed, so that memory must take it.
            Claim claim = memory.claimOfExecuted(lease.request());
            if (!(claim instanceof Claim.Acquired here && memory.complete(here.lease(), answer))) {
                return new CompletionOutcome.Fenced(claim);
            }
        }
        unstored.put(lease.id(), new Unstored(lease, lease, strategy, false).share(answer));
        return new CompletionOutcome.InMemoryOnly(Optional.empty());
    }

    /** Offers them again, for ten seconds at most. Never throws because a store is unavailable. */
    void runOnce() {
        MonotonicInstant end = MonotonicInstant.now().plus(LONGEST_ROUND);
        for (Unstored each : unstored.values()) {
            if (end.remaining().isNegative()) {
                return;
            }
            try {
                offer(each);
            } catch (StoreUnavailableException e) {
                log.debug("{} stays in memory: {}", each.lease().id(), e.getMessage());
                share(end);
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

    /** Those that could not be shared when they were kept. */
    private void share(MonotonicInstant end) {
        for (Unstored each : unstored.values()) {
            if (end.remaining().isNegative() || !isShared(each)) {
                return;
            }
        }
    }

    private boolean isShared(Unstored each) {
        Optional<Answer> answer = each.shared() ? Optional.empty() : memory.answerOf(each.executed());
        if (answer.isEmpty()) {
            return true; // or it has expired
        }
        Unstored after = each.share(answer.get());
        boolean unused = unstored.replace(each.lease().id(), each, after);
        return after.shared();
    }

    private void offer(Unstored each) {
        RecordId id = each.lease().id();
        Optional<Answer> answer =
                memory.answerOf(each.executed()).map(kept -> each.strategy().whole(each.lease(), kept));
        if (answer.isEmpty()) {
            log.warn("{}: its answer was never stored: its time to live has ended", id);
        } else if (each.strategy().complete(each.lease(), answer.get()) instanceof CompletionOutcome.Fenced) {
            log.warn("{}: a late answer was refused, another owner had taken over", id);
        }
        if (unstored.remove(id, each)) { // otherwise it now waits under another lease
            memory.forgetAnswerOf(each.executed());
            ended.accept(each.lease());
        }
    }

    /** A window or a time to live that has ended begins anew, and a newer lease is for an answer of its own. */
    private boolean stands(Unstored held) {
        return held.lease().request().window().isEmpty()
                && memory.answerOf(held.executed()).isPresent();
    }

    int size() {
        return unstored.size();
    }
}
