package dev.idem.dropwizard.filter;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.context.PresentContext;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.servlet.DirectResponse;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.ExecutionCount;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.InterceptorContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one request between its claim and its response. Its lease is ended at most once. Steps follow one another, on one
 * thread or, for an asynchronous resource, on several.
 */
public final class ProtectedRequest {
    private static final String PROPERTY = ProtectedRequest.class.getName();
    private static final Logger log = LoggerFactory.getLogger(ProtectedRequest.class);

    private final Optional<String> key;
    private final boolean shadow;
    private final LeaseCompletion completion;
    private final BodyReservation reservation;
    private final Optional<RequestTransaction> transaction;
    private final Optional<ExecutionCount> count;
    private final AtomicReference<@Nullable Lease> lease;
    private final Optional<DirectAnswer> direct;
    private volatile boolean handlerReached;
    private volatile boolean transactionLost;
    private volatile @Nullable ContainerResponseContext toBuffer;
    private volatile @Nullable GivenAnswer given;

    private ProtectedRequest(
            Optional<String> key,
            @Nullable Lease lease,
            boolean shadow,
            LeaseCompletion completion,
            BodyReservation reservation,
            Optional<RequestTransaction> transaction,
            Optional<ExecutionCount> count,
            Optional<DirectAnswer> direct) {
        this.key = key;
        this.lease = new AtomicReference<>(lease);
        this.shadow = shadow;
        this.completion = completion;
        this.reservation = reservation;
        this.transaction = transaction;
        this.count = count;
        this.direct = direct;
    }

    /** @param maxStoredBody the largest response body that is stored, bytes */
    static void execute(
            JerseyRequest request, Decision.Execute execute, LeaseCompletion completion, long maxStoredBody) {
        Optional<DirectAnswer> direct =
                DirectResponse.of(request.context()).map(response -> new DirectAnswer(response, maxStoredBody));
        begin(request, execute.key(), execute.lease(), false, completion, Optional.of(execute.count()), direct);
        PresentContext.is(
                request.context(),
                execute.key().isPresent()
                        ? IdempotencyContext.of(execute.lease())
                        : IdempotencyContext.withoutKey(execute.lease()));
    }

    /** Neither the method nor the client notices the lease. */
    static void executeInShadow(JerseyRequest request, Lease lease, LeaseCompletion completion) {
        begin(request, Optional.empty(), lease, true, completion, Optional.empty(), Optional.empty());
    }

    /** It has no lease; its response repeats the key. */
    static void answer(JerseyRequest request, GivenAnswer given, LeaseCompletion completion) {
        begin(request, given.answer().key(), null, false, completion, Optional.empty(), Optional.empty())
                .give(given);
    }

    private static ProtectedRequest begin(
            JerseyRequest request,
            Optional<String> key,
            @Nullable Lease lease,
            boolean shadow,
            LeaseCompletion completion,
            Optional<ExecutionCount> count,
            Optional<DirectAnswer> direct) {
        ContainerRequestContext context = request.context();
        Optional<RequestTransaction> transaction = RequestTransaction.of(context);
        if (lease != null && !shadow) {
            transaction.ifPresent(open -> open.beforeSnapshot(certain -> leave(lease, completion, certain)));
        }
        ProtectedRequest begun =
                new ProtectedRequest(key, lease, shadow, completion, request.reservation(), transaction, count, direct);
        begun.isStateOf(context);
        return begun;
    }

    /** Nobody else writes the record while a transaction is open that would conflict with it. */
    private static void leave(Lease lease, LeaseCompletion completion, boolean certain) {
        if (certain) {
            completion.leaveToTransaction(lease);
        }
        completion.awaitDurable(lease);
    }

    private void isStateOf(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
        RequestEnd.then(request, this::endUnanswered);
    }

    /** Empty for a request that the layer has let pass. */
    public static Optional<ProtectedRequest> of(ContainerRequestContext request) {
        return Optional.ofNullable((ProtectedRequest) request.getProperty(PROPERTY));
    }

    static Optional<ProtectedRequest> of(InterceptorContext request) {
        return Optional.ofNullable((ProtectedRequest) request.getProperty(PROPERTY));
    }

    /** Its response is this one, whatever the application makes of it. */
    void give(GivenAnswer answer) {
        given = answer;
    }

    /** What it is answered in place of its method's response. */
    Optional<GivenAnswer> given() {
        return Optional.ofNullable(given);
    }

    /** The client's key, if it sent one. */
    Optional<String> key() {
        return key;
    }

    /** The lease that is still to be completed or abandoned; empty in shadow. */
    Optional<Lease> openLease() {
        return shadow ? Optional.empty() : Optional.ofNullable(lease.get());
    }

    boolean isOpen() {
        return openLease().isPresent();
    }

    /** From here on the request may have taken effect. */
    void handlerReached() {
        handlerReached = true;
        count.ifPresent(ExecutionCount::executed);
        holdBack();
    }

    /** What is written to the servlet response from here on, by the method or by what writes its answer, is not sent. */
    void holdBack() {
        direct.ifPresent(answer -> answer.begin(this::endTooLarge, this::streams));
    }

    /** What the method writes to the servlet response itself; empty if that is not held back. */
    Optional<DirectAnswer> direct() {
        return direct.filter(answer -> handlerReached);
    }

    /** Ends the lease while the method still writes a body that is too large. Its transaction cannot end before the method. */
    private Optional<Decision.Answered> endTooLarge(int status) {
        if (transaction.isPresent()) {
            throw new IllegalStateException(
                    "an atomic method wrote more than policy.maxStoredBody to the servlet response;"
                            + " it must return such a body");
        }
        if (completion.keeps(status)) {
            return completeTooLarge();
        }
        abandon(status);
        return Optional.empty();
    }

    /** There is no connection for its transaction, so its method will not be entered. */
    void lacksTransaction(StoreUnavailableException why) {
        count.ifPresent(why.isBusy() ? ExecutionCount::overloaded : ExecutionCount::storeUnavailable);
    }

    /** Its transaction has failed in the method, so it takes no effect. */
    void lostTransaction() {
        transactionLost = true;
    }

    /** Whether its response is stored: not if it failed before the method was entered, or with its transaction. */
    boolean keeps(int status) {
        return handlerReached && !transactionLost && completion.keeps(status);
    }

    /** The response has a body: it is stored when that is written. */
    void completeWhenWritten(ContainerResponseContext response) {
        toBuffer = response;
    }

    /** The response to buffer, if there is one. */
    Optional<ContainerResponseContext> toBuffer() {
        return isOpen() ? Optional.ofNullable(toBuffer) : Optional.empty();
    }

    /** Its response is not buffered any more. */
    void streams() {
        reservation.shrink(0);
    }

    /**
     * Stores the answer; for an atomic method, together with its effect.
     *
     * @return what the client gets instead, if anything
     */
    Optional<Decision.Answered> complete(Answer answer) {
        Lease ended = end().orElseThrow();
        Decision.Execute execution = new Decision.Execute(ended, key, count.orElseThrow());
        return transaction
                .map(open -> completion.completeAtomically(execution, answer, kept -> open.complete(ended, kept)))
                .orElseGet(() -> completion.complete(execution, answer));
    }

    /** The same for a response that is too large, or endless. */
    Optional<Decision.Answered> completeTooLarge() {
        return complete(new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
    }

    /** Frees the key and rolls back: the request took no effect. */
    private void abandon() {
        transaction.ifPresent(RequestTransaction::close);
        count.ifPresent(ExecutionCount::notReached);
        end().ifPresent(completion::abandon);
    }

    /** The same for a request whose response has this status. */
    void abandon(int status) {
        transaction.ifPresent(RequestTransaction::close);
        count.ifPresent(ExecutionCount::notReached);
        end().ifPresent(ended -> completion.abandon(ended, status));
    }

    /** Ends a request in shadow with its response's status; does nothing for others. */
    void endShadow(int status) {
        if (shadow && handlerReached) {
            end().ifPresent(ended -> completion.shadowAnswered(ended, status));
        } else {
            abandonShadow();
        }
    }

    /**
     * Ends the lease of a request that has ended without a stored answer. Otherwise heartbeats would keep its key locked. It ends
     * like any failure: the key is free, and the transaction is rolled back.
     */
    private void endUnanswered() {
        openLease().ifPresent(open -> {
            log.warn("{}: the request ended without an answer; its key is free", open.id());
            abandon();
        });
        abandonShadow();
    }

    private void abandonShadow() {
        if (shadow) {
            end().ifPresent(completion::shadowAbandoned);
        }
    }

    /** Whether its lease is still to be ended, in shadow too. */
    public boolean isUnended() {
        return lease.get() != null;
    }

    /**
     * Moves its lease to a request that lasts as long as its work does. What becomes of the present one then ends nothing.
     *
     * @param late has its transaction already
     */
    public ProtectedRequest moveTo(ContainerRequestContext late) {
        BodyReservation later = reservation.forLateAnswer();
        RequestEnd.then(late, later::release);
        ProtectedRequest moved = new ProtectedRequest(
                key,
                lease.getAndSet(null),
                shadow,
                completion,
                later,
                RequestTransaction.of(late),
                count,
                Optional.empty());
        moved.handlerReached = handlerReached;
        moved.isStateOf(late);
        return moved;
    }

    /** How long it may take to answer after a timeout. */
    public Duration lateAnswerWithin() {
        return completion.lateAnswerWithin();
    }

    /** Reserves memory for an answer that comes late; waits a second for it. */
    public void reserveAnswer() throws BodyMemoryExhaustedException {
        reservation.reserveLateInTurn();
    }

    /** It took effect, and its answer is lost. What an atomic method did is rolled back instead. */
    public void answerFailed() {
        if (isOpen() && transaction.isEmpty()) {
            Optional<Decision.Answered> unused = complete(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        }
    }

    /** Nobody knows whether it took effect. */
    public void giveUp() {
        openLease().ifPresent(open -> {
            log.warn(
                    "{}: no answer has come since the timeout; its key is held, as it is unknown whether it took effect",
                    open.id());
            end();
            transaction.ifPresent(RequestTransaction::close);
            Decision.Answered unused = completion.hold(new Decision.Execute(open, key, count.orElseThrow()));
        });
    }

    private Optional<Lease> end() {
        return Optional.ofNullable(lease.getAndSet(null));
    }

    /**
     * Commits the effect of a request without a lease.
     *
     * @return what the client gets instead, if anything
     */
    static Optional<Decision.Answered> commit(RequestTransaction transaction) {
        try {
            transaction.commit();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            log.warn("a request without a key: {}: {}", LeaseCompletion.whatIsKnown(e), e.getMessage());
            return Optional.of(new Decision.Refuse(LeaseCompletion.notCommitted(e, null), Optional.empty(), false));
        }
    }
}
