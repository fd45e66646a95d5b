package dev.idem.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.gateway.caller.AccessTokenCheck;
import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.probe.OutcomeProbe;
import dev.idem.gateway.probe.UpstreamQuery;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.completion.OutcomeResolver;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.policy.OnUnknown;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates routes from their settings. */
public final class RouteFactory {
    private final IdempotencyRuntime runtime;
    private final GatewayMetrics metrics;
    private final ObjectMapper mapper;

    public RouteFactory(IdempotencyRuntime runtime, GatewayMetrics metrics, ObjectMapper mapper) {
        this.runtime = runtime;
        this.metrics = metrics;
        this.mapper = mapper;
    }

    public RouteExchange route(RouteSettings settings, UpstreamClient upstream) {
        RouteCounters counters = new RouteCounters(settings.prefix(), runtime.listener(), metrics);
        Map<String, RouteRules> rules = settings.policy().methods().stream()
                .collect(Collectors.toMap(method -> method, method -> rules(method, settings, counters)));
        Optional<AccessTokenCheck> tokens = settings.jwt().map(AccessTokenCheck::new);
        GatewayResponses responses = new GatewayResponses(
                ResponseContract.of(runtime.describedBy(), settings.policy()),
                mapper,
                settings.policy().cors());
        LeaseCompletion completion = runtime.completion(settings.policy());
        UpstreamQuery question = new UpstreamQuery(settings, upstream, responses);
        UpstreamExecution execution = new UpstreamExecution(
                settings,
                upstream,
                completion,
                runtime.tracing(),
                new OutcomeResolver(runtime.records()),
                new OutcomeProbe(question, settings.outcomeProbe()),
                responses,
                counters);
        return new RouteExchange(
                settings,
                upstream,
                rules,
                new CallerScope(settings.scope(), tokens),
                execution,
                new ReplayAuthorization(settings.replayAuth(), tokens, question, responses),
                responses,
                counters,
                new PassThroughSender(settings, upstream, completion, responses, counters),
                runtime.memory());
    }

    private RouteRules rules(String method, RouteSettings settings, RouteCounters counters) {
        String name = method + ' ' + settings.prefix();
        if (settings.policy().onUnknown() != OnUnknown.RELEASE) {
            counters.routeAdded(name);
        }
        return new RouteRules(
                name, false, settings.policy(), runtime.rollout(), runtime.engine(), counters, runtime.tracing());
    }
}
