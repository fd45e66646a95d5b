package dev.idem.http.completion;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.decision.Decision;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import dev.idem.http.trace.CompletionSpan;
import dev.idem.http.trace.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leases of one route, with an answer or without. The client must not get its own response if another owner's
 * answer is stored, or if the commit's outcome is unknown. Then a method here returns what the client gets instead.
 * Thread-safe; blocks while the stores work.
 */
public final class LeaseCompletion {
    private static final Logger log = LoggerFactory.getLogger(LeaseCompletion.class);
    private static final int SERVER_ERROR = 500;

    /** To earlier releases it looks like an answer that was lost, which their repeats are told too. */
    private static final Answer WITHHELD = new AnswerNotStored(AnswerNotStored.Reason.FAILED);

    private final IdempotencyEngine engine;
    private final Tracing tracing;
    private final RoutePolicy policy;

    public LeaseCompletion(IdempotencyEngine engine, Tracing tracing, RoutePolicy policy) {
        this.engine = engine;
        this.tracing = tracing;
        this.policy = policy;
    }

    /** Whether an answer with this status is stored; otherwise the key is freed. */
    public boolean keeps(int status) {
        return policy.stored().keeps(status);
    }

    /** How long a method may take to answer after a timeout has answered its client. */
    public Duration lateAnswerWithin() {
        return policy.lateAnswer();
    }

    /**
     * Stores an answer, or frees the key if the policy does not keep its status.
     *
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> answered(Decision.Execute request, RecordedResponse answer) {
        return keeps(answer.status()) ? complete(request, answer) : abandoned(request, answer.status());
    }

    /**
     * The same for an answer that is too large to store: only that there was one is kept.
     *
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> tooLarge(Decision.Execute request, int status) {
        return keeps(status)
                ? complete(request, new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE))
                : abandoned(request, status);
    }

    private Optional<Decision.Answered> abandoned(Decision.Execute request, int status) {
        abandon(request.lease(), status);
        return Optional.empty();
    }

    /** Frees the key: the request took no effect. */
    public void abandon(Lease lease) {
        abandon(lease, true);
    }

    /**
     * Frees the key of a request that was answered.
     *
     * @param status of an answer that is not kept
     */
    public void abandon(Lease lease, int status) {
        abandon(lease, status >= SERVER_ERROR);
    }

    private void abandon(Lease lease, boolean failed) {
        try (CompletionSpan span = tracing.completion(lease, failed)) {
            engine.abandon(lease);
            span.completed("abandoned");
        }
    }

    /**
     * Stores an answer, whatever its status.
     *
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> complete(Decision.Execute request, Answer answer) {
        return complete(request, answer, hasFailed(answer));
    }

    /**
     * Closes the key of a request that took effect, and keeps nothing of its answer.
     *
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> withhold(Decision.Execute request) {
        return complete(request, WITHHELD, false);
    }

    private Optional<Decision.Answered> complete(Decision.Execute request, Answer answer, boolean failed) {
        try (CompletionSpan span = tracing.completion(request.lease(), failed)) {
            CompletionOutcome outcome = engine.complete(request.lease(), asKept(answer));
            span.completed(nameOf(outcome));
            return instead(request, outcome);
        }
    }

    /** As {@link IdempotencyEngine#awaitDurable}. */
    public void awaitDurable(Lease lease) {
        engine.awaitDurable(lease);
    }

    /** As {@link IdempotencyEngine#leaveToTransaction}. */
    public void leaveToTransaction(Lease lease) {
        engine.leaveToTransaction(lease);
    }

    /**
     * Stores an answer in the transaction in which its request took effect.
     *
     * @param commit stores what it is given and commits, as {@link IdempotencyEngine#completeAtomically} describes
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> completeAtomically(
            Decision.Execute request, Answer answer, Predicate<Answer> commit) {
        return completeAtomically(request, answer, commit, hasFailed(answer));
    }

    /** The same as {@link #withhold} in the transaction. */
    public Optional<Decision.Answered> withholdAtomically(Decision.Execute request, Predicate<Answer> commit) {
        return completeAtomically(request, WITHHELD, commit, false);
    }

    private Optional<Decision.Answered> completeAtomically(
            Decision.Execute request, Answer answer, Predicate<Answer> commit, boolean failed) {
        Lease lease = request.lease();
        Answer kept = asKept(answer);
        try (CompletionSpan span = tracing.completion(lease, failed)) {
            CompletionOutcome outcome = engine.completeAtomically(lease, kept, () -> commit.test(kept));
            span.completed(nameOf(outcome));
            return instead(request, outcome);
        } catch (StoreUnavailableException e) {
            log.warn("{}: {}: {}", lease.id(), whatIsKnown(e), e.getMessage());
            return Optional.of(new Decision.Refuse(notCommitted(e, request.key().orElse(null)), request.key(), false));
        }
    }

    /** What a log line says of a commit that failed. */
    public static String whatIsKnown(StoreUnavailableException failure) {
        return switch (failure.reason()) {
            case CONFLICT -> "rolled back, and its key is free";
            case BUSY -> "its transaction did not begin, and its key is free";
            default -> "not committed, or not confirmed; the next repeat finds out";
        };
    }

    /**
     * What the client gets after a commit that was not confirmed. A conflict is a certain answer: it was rolled back. Without a
     * connection it never began.
     */
    public static Refusal notCommitted(StoreUnavailableException failure, @Nullable String key) {
        return switch (failure.reason()) {
            case CONFLICT -> RefusalProblems.transactionConflict(key);
            case BUSY -> RefusalProblems.transactionBusy(key);
            default -> RefusalProblems.commitUnknown(key);
        };
    }

    /**
     * Holds the key: it is unknown whether the request took effect, and repeats are refused until somebody resolves it.
     *
     * @return what the client gets
     */
    public Decision.Answered hold(Decision.Execute request) {
        return complete(request, AnswerNotStored.OUTCOME_UNKNOWN)
                .orElseGet(() -> new Decision.Held(request.lease().id(), request.key()));
    }

    /** Ends the lease of a request in shadow. Of its answer only the status is kept: nobody is ever given a replay. */
    public void shadowAnswered(Lease lease, int status) {
        if (keeps(status)) {
            CompletionOutcome unused = engine.complete(lease, new RecordedResponse(status, List.of(), new byte[0]));
        } else {
            shadowAbandoned(lease);
        }
    }

    /** Ends the lease of a request in shadow that took no effect. */
    public void shadowAbandoned(Lease lease) {
        engine.abandon(lease);
    }

    private Answer asKept(Answer answer) {
        return answer instanceof RecordedResponse response ? policy.stored().asKept(response) : answer;
    }

    private static boolean hasFailed(Answer answer) {
        return answer instanceof RecordedResponse response
                ? response.status() >= SERVER_ERROR
                : ((AnswerNotStored) answer).reason() != AnswerNotStored.Reason.TOO_LARGE;
    }

    private static String nameOf(CompletionOutcome outcome) {
        if (outcome instanceof CompletionOutcome.Fenced) {
            return "fenced";
        }
        return outcome instanceof CompletionOutcome.InMemoryOnly ? "only_here" : "stored";
    }

    private Optional<Decision.Answered> instead(Decision.Execute request, CompletionOutcome outcome) {
        if (outcome instanceof CompletionOutcome.Fenced fenced) {
            return Optional.of(successor(request.key(), fenced.successor()));
        }
        return outcome instanceof CompletionOutcome.InMemoryOnly inMemory
                ? inMemoryOnly(request.key(), inMemory.earlier())
                : Optional.empty();
    }

    /** What the later owner left: its answer, or none yet. */
    private static Decision.Answered successor(Optional<String> key, Claim successor) {
        return successor instanceof Claim.Replay replay
                ? replay(key, replay.answer())
                : new Decision.Refuse(RefusalProblems.inProgress(key.orElse(null)), key, true);
    }

    /** A closed policy promises nothing that would be lost with this process. */
    private Optional<Decision.Answered> inMemoryOnly(Optional<String> key, Optional<Answer> earlier) {
        return policy.engine().onStoreFailure() == OnStoreFailure.OPEN
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
