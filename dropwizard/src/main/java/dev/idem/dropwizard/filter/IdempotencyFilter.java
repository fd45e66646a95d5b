package dev.idem.dropwizard.filter;

import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.atomic.ThrownSuccess;
import dev.idem.dropwizard.context.PresentContext;
import dev.idem.dropwizard.hook.HooksOfRequest;
import dev.idem.dropwizard.lease.LastWord;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.RequestKey;
import dev.idem.dropwizard.request.HandedOver;
import dev.idem.dropwizard.route.ClaimOrder;
import dev.idem.dropwizard.servlet.BufferedResponseStream;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.Decision;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.decision.outcome.AnswerWord;
import dev.idem.http.problem.Refusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.lang3.ArrayUtils;
import org.glassfish.jersey.server.ChunkedOutput;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * The way of a request to one protected method, from top to bottom: claim, execution, completion, answer. No byte of an
 * answer is sent before it is stored. Thread-safe.
 */
@Priority(Integer.MIN_VALUE) // for responses: Jersey takes a negative priority from the annotation only
final class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {
    /**
     * The claim comes after all other request filters, any of which may refuse the caller, so that no stranger is given a replay
     * or a refusal; {@link ClaimOrder} makes sure of it. The completion comes after all other response filters (the lowest
     * priority is last), so that it stores their headers. The body is stored inside of content encoders, so that each repeat
     * gets the encoding that it accepts, and outside of the application's interceptors, so that a repeat need not pass them
     * again (the lowest priority is outermost).
     */
    static final Map<Class<?>, Integer> PRIORITIES = Map.of(
            ContainerRequestFilter.class, ClaimOrder.LAST,
            ContainerResponseFilter.class, Integer.MIN_VALUE,
            WriterInterceptor.class, Priorities.ENTITY_CODER + 1);

    private static final byte[] NO_BODY = {};

    private final RouteRules rules;
    private final LeaseCompletion completion;
    private final ScopeResolver scopes;
    private final ClaimOrder.Place place;
    private final long maxStoredBody;
    private final ResponseWriter responses;
    private final StoredHeaders stored = new StoredHeaders();
    private final Function<Optional<Scope>, HooksOfRequest> hooks;
    private final ThrownSuccess thrownSuccess = new ThrownSuccess();

    /**
     * @param hooks of a request in this scope
     * @param place of the claim among the method's filters
     * @param maxStoredBody the largest response body that is stored, bytes
     */
    IdempotencyFilter(
            RouteRules rules,
            LeaseCompletion completion,
            ScopeResolver scopes,
            ClaimOrder.Place place,
            long maxStoredBody,
            ResponseWriter responses,
            Function<Optional<Scope>, HooksOfRequest> hooks) {
        this.rules = rules;
        this.completion = completion;
        this.scopes = scopes;
        this.place = place;
        this.maxStoredBody = maxStoredBody;
        this.responses = responses;
        this.hooks = hooks;
    }

    /** Claims: by its key or content the request executes, or is answered here. */
    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        place.requireLast();
        JerseyRequest request = JerseyRequest.of(context);
        LastWord word = new LastWord();
        word.isOf(context);
        PresentContext.is(context, IdempotencyContext.unprotected(word)); // unless it executes under a lease
        Optional<Scope> scope = scopes.scopeOf(context);
        Decision decision = rules.decide(request, scope);
        request.recording().handOver();
        if (decision instanceof Decision.Execute execute) {
            RequestKey.is(context, execute.key());
            ProtectedRequest.execute(request, execute, completion, word, hooks.apply(scope), maxStoredBody);
        } else if (decision instanceof Decision.Shadow shadow) {
            ProtectedRequest.executeInShadow(request, shadow.lease(), completion);
        } else if (decision instanceof Decision.TakenOver taken) {
            answer(request, completion.hold(taken.execute()), hooks.apply(scope));
        } else if (decision instanceof Decision.Answered answered) {
            answer(request, answered, hooks.apply(scope));
        }
    }

    private void answer(JerseyRequest request, Decision.Answered answer, HooksOfRequest of) {
        GivenAnswer given = new GivenAnswer(answer);
        ProtectedRequest.answer(request, given, completion, of);
        if (answer instanceof Decision.Replay replay) {
            request.context().abortWith(ResponseWriter.replay(replay.response(), given.body()));
        } else {
            Refusal refusal = answer.refusalIfAny().orElseThrow();
            throw new ProblemException(refusal.problem(), refusal.headers());
        }
    }

    // Now the resource method executes; MethodEntryFilter notes when it is entered.

    /**
     * Completes: stores a response without a body, and decides what becomes of one with a body. An answer that was given here
     * becomes again what it was before the application's response filters.
     */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        Optional<ProtectedRequest> current = ProtectedRequest.of(request);
        Optional<RequestTransaction> transaction = RequestTransaction.of(request);
        current.flatMap(ProtectedRequest::given).ifPresent(given -> {
            responses.restore(response, given);
            StoredHeaders.sendVerbatim(given, request, response);
        });
        Optional<DirectAnswer> direct = current.flatMap(ProtectedRequest::direct);
        boolean thrown = wasThrown(request);
        direct.ifPresent(written -> written.end(response, thrown));
        responses.describe(
                request, response, current.flatMap(open -> open.lease().key()));
        leaveWork(request);
        AnswerWord becomes = decide(request, current, response.getStatus());
        if (thrownSuccess.is(request, becomes, response.getStatus())) {
            current.map(ProtectedRequest::lease).ifPresent(RequestLease::lostTransaction);
        }
        if (thrown || becomes == AnswerWord.TOOK_NO_EFFECT) {
            transaction.ifPresent(RequestTransaction::close);
        }
        transaction.ifPresent(RequestTransaction::flushLast);
        Optional<Decision.Answered> instead = direct.flatMap(DirectAnswer::instead);
        if (current.isPresent() && current.get().lease().isOpen()) {
            ProtectedRequest executed = current.get();
            instead = executed.lease().end(response.getStatus(), () -> store(executed, response, thrown));
        } else if (transaction.isPresent()) {
            instead = commit(transaction.get(), response);
        }
        current.ifPresent(open -> open.lease().endShadow(response.getStatus()));
        if (instead.isPresent()) {
            GivenAnswer given = new GivenAnswer(instead.get());
            current.ifPresent(replaced -> replaced.give(given));
            direct.ifPresent(DirectAnswer::takeBack);
            responses.replaceEntity(response, given);
            StoredHeaders.sendVerbatim(given, request, response);
        } else if (direct.isPresent()) {
            direct.get().send(response);
        }
    }

    private static Optional<Decision.Answered> commit(
            RequestTransaction transaction, ContainerResponseContext response) {
        if (response.hasEntity() && !(response.getEntity() instanceof ChunkedOutput)) {
            transaction.commitBeforeAnswer();
        }
        return ProtectedRequest.commit(transaction);
    }

    /** A method that fails after it has handed work over has only answered its client, unless it has said more. */
    private static void leaveWork(ContainerRequestContext request) {
        if (LastWord.of(request).flatMap(LastWord::said).isEmpty()) {
            HandedOver.of(request).ifPresent(HandedOver::leave);
        }
    }

    /** Without a lease, only an atomic method's transaction depends on it. */
    private AnswerWord decide(ContainerRequestContext request, Optional<ProtectedRequest> current, int status) {
        return current.map(ProtectedRequest::lease)
                .filter(RequestLease::isOpen)
                .map(lease -> lease.decide(status))
                .or(() -> LastWord.of(request).flatMap(LastWord::said))
                .orElseGet(() -> completion.keeps(status) ? AnswerWord.STORE : AnswerWord.TOOK_NO_EFFECT);
    }

    /** Returns what the client gets instead, if that is known before the body is written. */
    private static Optional<Decision.Answered> store(
            ProtectedRequest request, ContainerResponseContext response, boolean thrown) {
        RequestLease lease = request.lease();
        byte[] written = request.direct().map(DirectAnswer::body).orElse(NO_BODY);
        if (response.getEntity() instanceof ChunkedOutput) {
            return lease.completeTooLarge();
        }
        boolean isPart = (request.isBodyRefused() && !thrown) || request.isWrittenElsewhere();
        if (isPart || (response.hasEntity() && written.length > 0)) { // or two bodies in one
            return lease.complete(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        }
        if (response.hasEntity()) {
            request.completeWhenWritten(response);
            return Optional.empty();
        }
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH); // a wrong one could not be sent
        return lease.complete(new RecordedResponse(
                response.getStatus(), StoredHeaders.of(response, request.directHeaders()), written));
    }

    /** A method that throws is answered, but its effect is rolled back. */
    private static boolean wasThrown(ContainerRequestContext request) {
        return request.getUriInfo() instanceof ExtendedUriInfo uri && uri.getMappedThrowable() != null;
    }

    /**
     * Answers: buffers the body, stores it, and only then sends it. An answer that was given here is written as it is: the
     * interceptors of the application would change it once more.
     */
    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Optional<ProtectedRequest> current = ProtectedRequest.of(context);
        Optional<GivenAnswer> given = current.flatMap(ProtectedRequest::given);
        if (given.isPresent()) {
            if (given.get().isUntyped()) {
                context.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            }
            context.getOutputStream().write(given.get().body());
            return;
        }
        Optional<ContainerResponseContext> buffered = current.flatMap(ProtectedRequest::toBuffer);
        if (buffered.isEmpty()) {
            context.proceed();
            return;
        }
        ProtectedRequest request = current.orElseThrow();
        ContainerResponseContext response = buffered.get();
        OutputStream client = context.getOutputStream();
        BufferedResponseStream buffer = new BufferedResponseStream(
                client,
                maxStoredBody,
                () -> bodyInstead(request, response, context, endWhileWritten(request.lease(), response)),
                request::streams);
        context.setOutputStream(buffer);
        request.holdBack();
        context.proceed();
        if (context.getOutputStream() != buffer) {
            context.getOutputStream().close(); // an interceptor's, which may write its last bytes only then
        }
        // Jersey closes it, and so those around this interceptor write their last bytes.
        context.setOutputStream(client);
        byte[] beside = request.direct().map(DirectAnswer::beside).orElse(NO_BODY);
        if (!buffer.hasOverflown()) {
            context.getHeaders().remove(HttpHeaders.CONTENT_LENGTH); // Jersey sends the right one
            byte[] body = beside.length == 0 ? buffer.bytes() : ArrayUtils.addAll(beside, buffer.bytes());
            client.write(request.lease().isOpen() ? stored(request, response, context, body) : body);
        } else {
            client.write(beside);
        }
    }

    private static Optional<Decision.Answered> endWhileWritten(RequestLease lease, ContainerResponseContext response) {
        return lease.end(response.getStatus(), lease::completeWhileWritten);
    }

    /** Stores an answer with a body, and returns the one that the client gets. */
    private byte[] stored(
            ProtectedRequest request,
            ContainerResponseContext response,
            WriterInterceptorContext context,
            byte[] body) {
        List<Header> headers = stored.of(response, request.directHeaders(), context);
        Optional<Decision.Answered> instead = request.lease().end(response.getStatus(), () -> request.lease()
                .complete(new RecordedResponse(response.getStatus(), headers, body)));
        return bodyInstead(request, response, context, instead).orElse(body);
    }

    private Optional<byte[]> bodyInstead(
            ProtectedRequest request,
            ContainerResponseContext response,
            WriterInterceptorContext context,
            Optional<Decision.Answered> instead) {
        return instead.map(GivenAnswer::new).map(given -> {
            request.give(given);
            request.direct().ifPresent(DirectAnswer::takeBack);
            responses.replaceWhileWritten(response, given, stored.codingAppliedLater(response, context));
            return given.body();
        });
    }
}
