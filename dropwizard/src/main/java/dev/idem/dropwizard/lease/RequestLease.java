package dev.idem.dropwizard.lease;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.ExecutionCount;
import dev.idem.http.decision.outcome.AnswerWord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease under which a request executes, with the transaction of an atomic method. It is ended at most once. Steps follow one
 * another, on one thread or, for an asynchronous resource, on several.
 */
public final class RequestLease {
    private static final Logger log = LoggerFactory.getLogger(RequestLease.class);

    private final Optional<String> key;
    private final boolean shadow;
    private final LeaseCompletion completion;
    private final Optional<RequestTransaction> transaction;
    private final Optional<ExecutionCount> count;
    private final LastWord word;
    private final AtomicReference<@Nullable Lease> lease;
    private volatile boolean methodReached;
    private volatile boolean transactionLost;

    private RequestLease(
            Optional<String> key,
            @Nullable Lease lease,
            boolean shadow,
            LeaseCompletion completion,
            Optional<RequestTransaction> transaction,
            Optional<ExecutionCount> count,
            LastWord word) {
        this.key = key;
        this.lease = new AtomicReference<>(lease);
        this.shadow = shadow;
        this.completion = completion;
        this.transaction = transaction;
        this.count = count;
        this.word = word;
    }

    /**
     * Of a request that executes.
     *
     * @param word what its method says
     */
    public static RequestLease of(
            Decision.Execute execute,
            LeaseCompletion completion,
            Optional<RequestTransaction> transaction,
            LastWord word) {
        transaction.ifPresent(begun -> begun.beforeSnapshot(certain -> leave(execute.lease(), completion, certain)));
        return new RequestLease(
                execute.key(), execute.lease(), false, completion, transaction, Optional.of(execute.count()), word);
    }

    /** Of one in shadow: neither its method nor its client notices the lease. */
    public static RequestLease inShadow(
            Lease lease, LeaseCompletion completion, Optional<RequestTransaction> transaction) {
        return new RequestLease(
                Optional.empty(), lease, true, completion, transaction, Optional.empty(), new LastWord());
    }

    /** Of one that does not execute: none. */
    public static RequestLease none(Optional<String> key, LeaseCompletion completion) {
        return new RequestLease(key, null, false, completion, Optional.empty(), Optional.empty(), new LastWord());
    }

    /** Nobody else writes the record while a transaction is open that would conflict with it. */
    private static void leave(Lease lease, LeaseCompletion completion, boolean certain) {
        if (certain) {
            completion.leaveToTransaction(lease);
        }
        completion.awaitDurable(lease);
    }

    /** The client's key, if it sent one. */
    public Optional<String> key() {
        return key;
    }

    /** The lease that is still to be completed or abandoned; empty in shadow. */
    public Optional<Lease> open() {
        return shadow ? Optional.empty() : Optional.ofNullable(lease.get());
    }

    public boolean isOpen() {
        return open().isPresent();
    }

    /** Whether it is still to be ended, in shadow too. */
    public boolean isUnended() {
        return lease.get() != null;
    }

    public boolean isAtomic() {
        return transaction.isPresent();
    }

    /** From here on the request may have taken effect. */
    public void methodReached() {
        methodReached = true;
        count.ifPresent(ExecutionCount::executed);
    }

    public boolean hasReachedMethod() {
        return methodReached;
    }

    /** There is no connection for its transaction, so its method will not be entered. */
    public void lacksTransaction(StoreUnavailableException why) {
        count.ifPresent(why.isBusy() ? ExecutionCount::overloaded : ExecutionCount::storeUnavailable);
    }

    /** Its transaction has failed in the method, so it takes no effect. */
    public void lostTransaction() {
        transactionLost = true;
    }

    /**
     * Decides what becomes of an answer with this status. What the method has said counts, unless the answer comes from a failure
     * before the method was entered, or from the loss of its transaction. Until the lease ends it may say something else.
     */
    public AnswerWord decide(int status) {
        if (!methodReached || transactionLost) {
            return AnswerWord.TOOK_NO_EFFECT;
        }
        return word.said().orElseGet(() -> completion.keeps(status) ? AnswerWord.STORE : AnswerWord.TOOK_NO_EFFECT);
    }

    /**
     * Ends with an answer that has this status, as {@link #decide} says.
     *
     * @param store stores it
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> end(int status, Supplier<Optional<Decision.Answered>> store) {
        return switch (decide(status)) {
            case STORE -> store.get();
            case WITHHOLD -> withhold();
            case TOOK_NO_EFFECT -> {
                abandon(status);
                yield Optional.empty();
            }
        };
    }

    /**
     * Stores the answer; for an atomic method, together with its effect.
     *
     * @return what the client gets instead, if anything
     */
    public Optional<Decision.Answered> complete(Answer answer) {
        Lease ended = end().orElseThrow();
        Decision.Execute execution = executionOf(ended);
        return transaction
                .map(begun -> completion.completeAtomically(execution, answer, kept -> begun.complete(ended, kept)))
                .orElseGet(() -> completion.complete(execution, answer));
    }

    /**
     * The same without the answer, which the method withholds, before that is written.
     *
     * @return what the client gets instead, if anything
     */
    private Optional<Decision.Answered> withhold() {
        transaction.ifPresent(RequestTransaction::commitBeforeAnswer);
        Lease ended = end().orElseThrow();
        Decision.Execute execution = executionOf(ended);
        return transaction
                .map(begun -> completion.withholdAtomically(execution, kept -> begun.complete(ended, kept)))
                .orElseGet(() -> completion.withhold(execution));
    }

    /** The same for a response that is too large, or endless. */
    public Optional<Decision.Answered> completeTooLarge() {
        return complete(new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
    }

    /** The same while the response is written. */
    public Optional<Decision.Answered> completeWhileWritten() {
        transaction.ifPresent(RequestTransaction::commitBeforeAnswer);
        return completeTooLarge();
    }

    /** It took effect, and its answer is lost. What an atomic method did is rolled back instead. */
    public void answerLost() {
        if (isOpen() && transaction.isEmpty()) {
            Optional<Decision.Answered> unused = complete(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        }
    }

    /** Frees the key of a request whose response has this status, and rolls back: it took no effect. */
    public void abandon(int status) {
        rollBack();
        end().ifPresent(ended -> completion.abandon(ended, status));
    }

    /** Nobody answers it any more, or not in time, and nobody knows whether it took effect. Does nothing to one that has ended, or that is being completed. */
    public void holdUnanswered() {
        if (isOpen()) {
            end().ifPresent(ended -> {
                transaction.ifPresent(RequestTransaction::abort);
                log.warn(
                        "{}: no answer has come; its key is held, as it is unknown whether it took effect", ended.id());
                Decision.Answered unused = completion.hold(executionOf(ended));
            });
        }
    }

    /** Ends a request in shadow with its response's status; does nothing for others. */
    public void endShadow(int status) {
        if (shadow && methodReached) {
            end().ifPresent(ended -> completion.shadowAnswered(ended, status));
        } else {
            abandonShadow();
        }
    }

    /**
     * The request has ended without a stored answer. Otherwise heartbeats would keep its key locked. It ends like any failure: the
     * key is free, and the transaction is rolled back.
     */
    public void endUnanswered() {
        open().ifPresent(open -> {
            log.warn("{}: the request ended without an answer; its key is free", open.id());
            rollBack();
            end().ifPresent(completion::abandon);
        });
        abandonShadow();
    }

    private void rollBack() {
        transaction.ifPresent(RequestTransaction::close);
        count.ifPresent(ExecutionCount::notReached);
    }

    private void abandonShadow() {
        if (shadow) {
            end().ifPresent(completion::shadowAbandoned);
        }
    }

    /**
     * Moves to a request that lasts as long as its work does. What becomes of the present one then ends nothing.
     *
     * @param moved the transaction, which has moved already
     */
    public RequestLease moveTo(Optional<RequestTransaction> moved) {
        RequestLease late = new RequestLease(key, lease.getAndSet(null), shadow, completion, moved, count, word);
        late.methodReached = methodReached;
        return late;
    }

    /** What its method has said. */
    public LastWord word() {
        return word;
    }

    /** How long the work may take to answer after a timeout. */
    public Duration lateAnswerWithin() {
        return completion.lateAnswerWithin();
    }

    private Decision.Execute executionOf(Lease ended) {
        return new Decision.Execute(ended, key, count.orElseThrow());
    }

    private Optional<Lease> end() {
        Optional<AnswerWord> said = word.decide();
        Optional<Lease> ended = Optional.ofNullable(lease.getAndSet(null));
        if (ended.isPresent() && methodReached && !transactionLost) {
            said.ifPresent(known -> count.ifPresent(counting -> counting.said(known)));
        }
        return ended;
    }
}
