package dev.idem.http.decision;

import dev.idem.core.engine.CompletionOutcome;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.trace.CompletionSpan;
import dev.idem.http.trace.Tracing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends leases, with an answer or without. An answer does not get out if another owner's stands, or if nobody knows whether
 * its effect was committed: then there is something here that the client gets instead. Thread-safe; blocks while the
 * stores are asked.
 */
public final class LeaseCompletion {
    private static final Logger log = LoggerFactory.getLogger(LeaseCompletion.class);
    private static final int SERVER_ERROR = 500;

    private final IdempotencyEngine engine;
    private final Tracing tracing;

    public LeaseCompletion(IdempotencyEngine engine, Tracing tracing) {
        this.engine = engine;
        this.tracing = tracing;
    }

    /** Nothing took effect: the key is free again. */
    public void abandon(Lease lease) {
        abandon(lease, true);
    }

    /**
     * The same, for a request that was answered.
     *
     * @param status of an answer that is not kept
     */
    public void abandon(Lease lease, int status) {
        abandon(lease, status >= SERVER_ERROR);
    }

    private void abandon(Lease lease, boolean failed) {
        try (CompletionSpan span = tracing.settling(lease, failed)) {
            engine.abandon(lease);
            span.settled("abandoned");
        }
    }

    /**
     * Ends the lease of a request in shadow, which has taken effect, or not. Only that it was answered is kept, and with which status: its
     * answer is never given to anybody.
     *
     * @param status of an answer that would have been kept; empty for none
     */
    public void shadowed(Lease lease, OptionalInt status) {
        if (status.isPresent()) {
            CompletionOutcome unused =
                    engine.complete(lease, new RecordedResponse(status.getAsInt(), List.of(), new byte[0]));
        } else {
            engine.abandon(lease);
        }
    }

    /**
     * Stores an answer.
     *
     * @return what the client gets instead of it, if anything
     */
    public Optional<Decision.Answered> complete(Decision.Execute request, OnStoreFailure policy, Answer answer) {
        try (CompletionSpan span = tracing.settling(request.lease(), hasFailed(answer))) {
            CompletionOutcome settlement = engine.complete(request.lease(), answer);
            span.settled(nameOf(settlement));
            return instead(request, policy, settlement);
        }
    }

    /**
     * Nobody knows whether the request took effect: repeats are refused until someone says so.
     *
     * @return what the client gets
     */
    public Decision.Answered hold(Decision.Execute request, OnStoreFailure policy) {
        return complete(request, policy, AnswerNotStored.OUTCOME_UNKNOWN)
                .orElseGet(() -> new Decision.Held(request.lease().id(), request.key()));
    }

    /**
     * Stores an answer in the transaction in which its request took effect.
     *
     * @param commit as {@link IdempotencyEngine#completeAtomically} takes it
     * @return what the client gets instead of it, if anything
     */
    public Optional<Decision.Answered> completeAtomically(
            Decision.Execute request, OnStoreFailure policy, Answer answer, BooleanSupplier commit) {
        Lease lease = request.lease();
        try (CompletionSpan span = tracing.settling(lease, hasFailed(answer))) {
            CompletionOutcome settlement = engine.completeAtomically(lease, answer, commit);
            span.settled(nameOf(settlement));
            return instead(request, policy, settlement);
        } catch (StoreUnavailableException e) {
            log.warn("{} may or may not have been committed; a repeat finds out: {}", lease.id(), e.getMessage());
            Refusal unknown = RefusalProblems.outcomeUnknown(request.key().orElse(null));
            return Optional.of(new Decision.Refuse(unknown, request.key(), false));
        }
    }

    private static boolean hasFailed(Answer answer) {
        return answer instanceof RecordedResponse response
                ? response.status() >= SERVER_ERROR
                : ((AnswerNotStored) answer).reason() != AnswerNotStored.Reason.TOO_LARGE;
    }

    private static String nameOf(CompletionOutcome settlement) {
        if (settlement instanceof CompletionOutcome.Fenced) {
            return "fenced";
        }
        return settlement instanceof CompletionOutcome.InMemoryOnly ? "only_here" : "stored";
    }

    private static Optional<Decision.Answered> instead(
            Decision.Execute request, OnStoreFailure policy, CompletionOutcome settlement) {
        if (settlement instanceof CompletionOutcome.Fenced fenced) {
            return Optional.of(successor(request.key(), fenced.successor()));
        }
        if (settlement instanceof CompletionOutcome.InMemoryOnly onlyHere) {
            return onlyHere(request.key(), policy, onlyHere.earlier());
        }
        return Optional.empty();
    }

    /** The answer that every repeat gets, or why there is none. */
    private static Decision.Answered successor(Optional<String> key, Claim successor) {
        return successor instanceof Claim.Replay replay
                ? replay(key, replay.answer())
                : new Decision.Refuse(RefusalProblems.inProgress(key.orElse(null)), key, true);
    }

    /** Nothing is promised that this process's death would take back, unless the policy says so. */
    private static Optional<Decision.Answered> onlyHere(
            Optional<String> key, OnStoreFailure policy, Optional<Answer> earlier) {
        return policy == OnStoreFailure.OPEN
                ? earlier.map(answer -> replay(key, answer))
                : Optional.of(new Decision.Refuse(RefusalProblems.notStoredYet(key.orElse(null)), key, false));
    }

    private static Decision.Answered replay(Optional<String> key, Answer answer) {
        return answer instanceof RecordedResponse stored
                ? new Decision.Replay(stored, key)
                : new Decision.Refuse(
                        RefusalProblems.notStored(key.orElse(null), ((AnswerNotStored) answer).reason()), key, true);
    }
}
