package dev.idem.dropwizard.filter;

import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.context.PresentContext;
import dev.idem.dropwizard.hook.HooksOfRequest;
import dev.idem.dropwizard.lease.LastWord;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.servlet.DirectResponse;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.Decision;
import dev.idem.http.memory.BodyReservation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.InterceptorContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one request between its claim and its response. Steps follow one another, on one thread or, for an asynchronous
 * resource, on several.
 */
public final class ProtectedRequest {
    private static final String PROPERTY = ProtectedRequest.class.getName();
    private static final Logger log = LoggerFactory.getLogger(ProtectedRequest.class);

    private final RequestLease lease;
    private final Optional<IdempotencyContext> idempotency;
    private final HooksOfRequest hooks;
    private final BodyReservation reservation;
    private final Optional<DirectAnswer> direct;
    private volatile @Nullable ContainerResponseContext toBuffer;
    private volatile @Nullable GivenAnswer given;
    private volatile boolean bodyRefused;

    private ProtectedRequest(
            RequestLease lease,
            Optional<IdempotencyContext> idempotency,
            HooksOfRequest hooks,
            BodyReservation reservation,
            Optional<DirectAnswer> direct) {
        this.lease = lease;
        this.idempotency = idempotency;
        this.hooks = hooks;
        this.reservation = reservation;
        this.direct = direct;
    }

    /**
     * @param word what its method will say
     * @param maxStoredBody the largest response body that is stored, bytes
     */
    static void execute(
            JerseyRequest request,
            Decision.Execute execute,
            LeaseCompletion completion,
            LastWord word,
            HooksOfRequest hooks,
            long maxStoredBody) {
        ContainerRequestContext context = request.context();
        Optional<DirectAnswer> direct =
                DirectResponse.of(context).map(response -> new DirectAnswer(response, maxStoredBody));
        RequestLease lease = RequestLease.of(execute, completion, RequestTransaction.of(context), word);
        IdempotencyContext idempotency = execute.key().isPresent()
                ? IdempotencyContext.of(execute.lease(), word)
                : IdempotencyContext.withoutKey(execute.lease(), word);
        PresentContext.is(context, idempotency);
        new ProtectedRequest(lease, Optional.of(idempotency), hooks, request.reservation(), direct).isStateOf(context);
    }

    /** Neither the method nor the client notices the lease. */
    static void executeInShadow(JerseyRequest request, Lease lease, LeaseCompletion completion) {
        ContainerRequestContext context = request.context();
        RequestLease shadow = RequestLease.inShadow(lease, completion, RequestTransaction.of(context));
        withoutMethod(shadow, HooksOfRequest.NONE, request.reservation()).isStateOf(context);
    }

    /** It has no lease; its response repeats the key. */
    static void answer(JerseyRequest request, GivenAnswer given, LeaseCompletion completion, HooksOfRequest hooks) {
        RequestLease none = RequestLease.none(given.answer().key(), completion);
        ProtectedRequest answered = withoutMethod(none, hooks, request.reservation());
        answered.isStateOf(request.context());
        answered.give(given);
    }

    /** Its method has been entered already, will not be, or does not notice the lease. */
    private static ProtectedRequest withoutMethod(
            RequestLease lease, HooksOfRequest hooks, BodyReservation reservation) {
        return new ProtectedRequest(lease, Optional.empty(), hooks, reservation, Optional.empty());
    }

    private void isStateOf(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
        RequestEnd.then(request, lease::endUnanswered);
    }

    /** Empty for a request that the layer has let pass. */
    public static Optional<ProtectedRequest> of(ContainerRequestContext request) {
        return Optional.ofNullable((ProtectedRequest) request.getProperty(PROPERTY));
    }

    static Optional<ProtectedRequest> of(InterceptorContext request) {
        return Optional.ofNullable((ProtectedRequest) request.getProperty(PROPERTY));
    }

    public RequestLease lease() {
        return lease;
    }

    /** The memory for its body and its answer. */
    public BodyReservation reservation() {
        return reservation;
    }

    /** Its response is this one, whatever the application makes of it. */
    void give(GivenAnswer answer) {
        given = answer;
        hooks.afterReplay(answer.answer());
    }

    /** What it is answered in place of its method's response. */
    Optional<GivenAnswer> given() {
        return Optional.ofNullable(given);
    }

    /** @throws Exception the application's hook's, which refuses the request */
    void beforeMethod() throws Exception {
        if (idempotency.isPresent()) {
            hooks.beforeExecution(idempotency.get());
        }
    }

    /** From here on the request may have taken effect. */
    void methodReached() {
        lease.methodReached();
        holdBack();
    }

    /** What is written to the servlet response from here on, by the method or by what writes its answer, is not sent. */
    void holdBack() {
        direct().ifPresent(answer -> answer.begin(this::endTooLarge, this::streams));
    }

    /** Whether part of its answer was written to a servlet response whose client has had another answer. */
    boolean isWrittenElsewhere() {
        return direct.filter(DirectAnswer::isLost).isPresent();
    }

    /** What the method writes to the servlet response itself; empty if that is not held back. */
    Optional<DirectAnswer> direct() {
        return direct.filter(answer -> lease.hasReachedMethod() && !answer.isLeft());
    }

    /** The headers that the method has set there itself. */
    Map<String, List<String>> directHeaders() {
        return direct.filter(answer -> lease.hasReachedMethod())
                .map(DirectAnswer::headers)
                .orElseGet(Map::of);
    }

    /** Ends the lease while the method still writes a body that is too large. Its transaction cannot end before the method. */
    private Optional<Decision.Answered> endTooLarge(int status) {
        if (lease.isAtomic()) {
            bodyRefused = true;
            throw new IllegalStateException(
                    "an atomic method wrote more than policy.maxStoredBody to the servlet response;"
                            + " it must return such a body");
        }
        return lease.end(status, lease::completeTooLarge);
    }

    /** Whether its atomic method has written a body that is too large, and has returned all the same. */
    boolean isBodyRefused() {
        return bodyRefused;
    }

    /** The response has a body: it is stored when that is written. */
    void completeWhenWritten(ContainerResponseContext response) {
        toBuffer = response;
    }

    /** The response to buffer, if there is one. */
    Optional<ContainerResponseContext> toBuffer() {
        return lease.isOpen() ? Optional.ofNullable(toBuffer) : Optional.empty();
    }

    /** Its response is not buffered any more. */
    void streams() {
        reservation.shrink(0);
    }

    /**
     * Moves to a request that lasts as long as its work does. What becomes of the present one then ends nothing.
     *
     * @param late has its transaction already
     */
    public ProtectedRequest moveTo(ContainerRequestContext late) {
        BodyReservation later = reservation.forLateAnswer();
        RequestEnd.then(late, later::release);
        direct.ifPresent(DirectAnswer::leave);
        ProtectedRequest moved = new ProtectedRequest(
                lease.moveTo(RequestTransaction.of(late)), Optional.empty(), HooksOfRequest.NONE, later, direct);
        moved.isStateOf(late);
        return moved;
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
