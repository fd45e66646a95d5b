package dev.idem.gateway.probe;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.client.Handover;
import dev.idem.gateway.header.RequestHead;
import dev.idem.gateway.response.FailureResponses;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.response.ResponseRecorder;
import dev.idem.gateway.route.ForwardedOriginHeaders;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.route.ScopeRule;
import dev.idem.gateway.upstream.UpstreamCall;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.log.LoggedFailure;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a {@code GET} to a route's upstream on behalf of a caller. Thread-safe. */
public final class UpstreamQuery {
    private static final Logger log = LoggerFactory.getLogger(UpstreamQuery.class);

    /**
     * The headers that identify the caller and select the representation. No other header of the request belongs to a
     * question about it.
     */
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "cookie", "accept", "host", "via", "traceparent", "tracestate");

    private final RouteSettings route;
    private final UpstreamClient upstream;
    private final RequestHead head;
    private final GatewayResponses responses;
    private final Set<String> passed;

    public UpstreamQuery(RouteSettings route, UpstreamClient upstream, GatewayResponses responses) {
        this.route = route;
        this.upstream = upstream;
        this.head = new RequestHead(route);
        this.responses = responses;
        Stream<String> scope = route.scope() instanceof ScopeRule.Header header
                ? Stream.of(header.name().toLowerCase(Locale.ROOT))
                : Stream.empty();
        Stream<String> callers = route.policy().comparison().callers().headers().stream();
        this.passed = Stream.of(CREDENTIALS.stream(), scope, callers)
                .flatMap(names -> names)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param path with its query
     * @param needed tells for which statuses the body is needed; otherwise it is empty
     * @param then receives the response, or nothing if there is none; may block
     */
    public void ask(
            ClientExchange client, String path, IntPredicate needed, Consumer<Optional<RecordedResponse>> then) {
        ask(client, path, needed, true, then);
    }

    private void ask(
            ClientExchange client,
            String path,
            IntPredicate needed,
            boolean again,
            Consumer<Optional<RecordedResponse>> then) {
        boolean isAsked = false;
        try {
            isAsked = send(client, path, needed, again, then);
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a probe could not be sent", LoggedFailure.of(e));
        }
        if (!isAsked) {
            then.accept(Optional.empty());
        }
    }

    /** @return false if the question was not sent; then {@code then} is not called */
    private boolean send(
            ClientExchange client,
            String path,
            IntPredicate needed,
            boolean again,
            Consumer<Optional<RecordedResponse>> then) {
        Optional<UpstreamCall> call = upstream.call("GET", path, route.timeout());
        if (call.isEmpty()) {
            return false;
        }
        call.get().request().headers(headers -> {
            head.write(client.request(), headers);
            headers.asImmutable().stream()
                    .filter(field -> !isPassed(field))
                    .forEach(field -> headers.remove(field.getName()));
        });
        Executor executor = client.request().getComponents().getExecutor();
        call.get().send(new BoundedResponseListener(route.policy().stored().maxBody(), needed) {
            @Override
            public void onComplete(Result result) {
                if (again && result.isFailed() && call.get().endedUnused(result.getFailure())) {
                    call.get().dropped();
                    Handover.to(executor, () -> guarded(client, () -> ask(client, path, needed, false, then)));
                    return;
                }
                Optional<RecordedResponse> answer = answered(call.get(), result, this);
                Handover.to(executor, () -> guarded(client, () -> then.accept(answer)));
            }
        });
        return true;
    }

    private void guarded(ClientExchange client, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("the response to a probe could not be handled", LoggedFailure.of(e));
            responses.refuse(client, FailureResponses.internal(null), Optional.empty());
        }
    }

    private boolean isPassed(HttpField field) {
        return passed.contains(field.getLowerCaseName()) || ForwardedOriginHeaders.include(field.getLowerCaseName());
    }

    private static Optional<RecordedResponse> answered(
            UpstreamCall call, Result result, BoundedResponseListener answer) {
        boolean hasCome = result.getResponse() != null; // null if the client library does not end it
        if (result.isSucceeded() || (answer.isCut() && hasCome)) {
            call.answered();
            return answer.suffices(result.getResponse())
                    ? Optional.of(ResponseRecorder.of(result.getResponse(), answer.body()))
                    : Optional.empty();
        }
        log.info(
                "a probe got no response ({}): {}",
                call.failed(result.getFailure()).kind(),
                LoggedFailure.of(result.getFailure()).getMessage());
        return Optional.empty();
    }
}
