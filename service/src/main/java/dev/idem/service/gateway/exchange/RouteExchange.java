package dev.idem.service.gateway.exchange;

import dev.idem.core.record.Scope;
import dev.idem.dropwizard.decision.Admission;
import dev.idem.dropwizard.decision.Decision;
import dev.idem.dropwizard.decision.Refusal;
import dev.idem.dropwizard.decision.RouteRules;
import dev.idem.dropwizard.decision.Settlements;
import dev.idem.dropwizard.problem.Problem;
import dev.idem.dropwizard.problem.ProblemType;
import dev.idem.service.gateway.caller.CallerScope;
import dev.idem.service.gateway.route.RouteSettings;
import dev.idem.service.gateway.upstream.UpstreamCall;
import dev.idem.service.gateway.upstream.UpstreamClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request that a route takes: one of a protected method is read, decided about and, if it executes, sent on
 * under a lease; any other passes. Thread-safe; one for each route.
 */
public final class RouteExchange {
    private static final Logger log = LoggerFactory.getLogger(RouteExchange.class);
    private static final String ATTEMPT = "Idempotency-Attempt";

    private final RouteSettings settings;
    private final UpstreamClient upstream;
    private final Map<String, RouteRules> rules;
    private final CallerScope callers;
    private final Settlements settlements;
    private final Answers answers;
    private final RouteCounters counters;
    private final RequestHead head;

    /** @param rules of the protected methods, by their names */
    public RouteExchange(
            RouteSettings settings,
            UpstreamClient upstream,
            Map<String, RouteRules> rules,
            CallerScope callers,
            Settlements settlements,
            Answers answers,
            RouteCounters counters) {
        this.settings = settings;
        this.upstream = upstream;
        this.rules = Map.copyOf(rules);
        this.callers = callers;
        this.settlements = settlements;
        this.answers = answers;
        this.counters = counters;
        this.head = new RequestHead(settings);
    }

    public RouteSettings settings() {
        return settings;
    }

    public UpstreamClient upstream() {
        return upstream;
    }

    public RouteCounters counters() {
        return counters;
    }

    /** Answers a request, now or later; false, and nothing done, if this route has been replaced by another. */
    public boolean handle(Client client) {
        if (!upstream.enter()) {
            return false;
        }
        Client counted =
                new Client(client.request(), client.response(), Callback.from(client.callback(), upstream::leave));
        client.request().addIdleTimeoutListener(quiet -> false); // the upstream's time-out is the one that counts
        @Nullable RouteRules protecting = rules.get(client.request().getMethod());
        if (protecting == null) {
            counters.passed();
            pass(counted, Optional.empty());
        } else {
            protect(counted, protecting);
        }
        return true;
    }

    private void protect(Client client, RouteRules protecting) {
        GatewayRequest unread = new GatewayRequest(client.request(), Optional.empty());
        Optional<Scope> caller = callers.scopeOf(client.request().getHeaders());
        Admission admission = protecting.admit(unread, caller);
        if (admission instanceof Admission.NeedsBody admitted) {
            new BodyReader(
                            client.request(),
                            settings.policy().maxRequestBody(),
                            body -> decide(client, protecting, admitted, body),
                            failure -> unreadable(client, failure))
                    .run();
        } else {
            follow(client, ((Admission.Decided) admission).decision(), Optional.empty());
        }
    }

    private void decide(Client client, RouteRules protecting, Admission.NeedsBody admitted, Optional<byte[]> body) {
        try {
            follow(client, protecting.decide(new GatewayRequest(client.request(), body), admitted), body);
        } catch (IOException | RuntimeException e) {
            log.error("a request to {} failed in the gateway", settings.prefix(), e);
            answers.refuse(client, Failures.internal(admitted.key().orElse(null)), admitted.key());
        }
    }

    private void follow(Client client, Decision decision, Optional<byte[]> body) {
        if (decision instanceof Decision.Execute execute) {
            execute(client, execute, body.orElseThrow());
        } else if (decision instanceof Decision.Pass) {
            pass(client, body);
        } else {
            answers.give(client, (Decision.Answered) decision);
        }
    }

    private void execute(Client client, Decision.Execute decision, byte[] body) {
        Settling settling = new Settling(decision, settings.policy(), settlements, counters);
        Optional<UpstreamCall> call = call(client);
        if (call.isEmpty()) {
            answers.give(client, settling.busy());
            return;
        }
        call.get().request().headers(headers -> {
            announce(headers, decision);
            if (headers.contains(HttpHeader.ACCEPT_ENCODING)) {
                headers.put(HttpHeader.ACCEPT_ENCODING, Encodings.asked(headers));
            }
        });
        if (client.hasBody()) {
            call.get().request().body(new BytesRequestContent((String) null, body));
        }
        call.get()
                .request()
                .send(new ProtectedExchange(
                        client,
                        call.get(),
                        answers,
                        settling,
                        settings.policy().stored().maxBody()));
    }

    /** Tells the upstream the key, and how often the request may have been executed before. */
    private void announce(HttpFields.Mutable headers, Decision.Execute decision) {
        headers.put(ATTEMPT, String.valueOf(decision.lease().attempt()));
        decision.key().ifPresent(key -> settings.upstreamKeyHeader().ifPresent(name -> {
            headers.remove(settings.policy().keys().header());
            headers.put(name, key);
        }));
    }

    /** @param read the body, if it was read already */
    private void pass(Client client, Optional<byte[]> read) {
        Optional<UpstreamCall> call = call(client);
        if (call.isEmpty()) {
            answers.refuse(client, Failures.busy(null), Optional.empty());
            return;
        }
        Optional<ClientBody> unread = Optional.empty();
        if (read.isPresent() && client.hasBody()) {
            call.get().request().body(new BytesRequestContent((String) null, read.get()));
        } else if (client.hasBody()) {
            unread = Optional.of(new ClientBody(client));
        }
        PassThrough exchange = new PassThrough(client, call.get(), answers, counters, unread);
        call.get().request().send(exchange);
    }

    private Optional<UpstreamCall> call(Client client) {
        Optional<UpstreamCall> call = upstream.call(client.request().getMethod(), client.target(), settings.timeout());
        call.ifPresent(begun -> begun.request().headers(headers -> head.write(client.request(), headers)));
        return call;
    }

    /** The body does not come, or not in time. */
    private void unreadable(Client client, Throwable failure) {
        boolean tooSlow = failure instanceof HttpException http && http.getCode() == 408;
        ProblemType type = tooSlow ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST;
        Problem problem = Problem.of(type, "The body could not be read: " + failure.getMessage() + '.', null);
        answers.refuse(client, new Refusal(problem, Map.of()), Optional.empty());
    }
}
