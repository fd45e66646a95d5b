package dev.idem.gateway.exchange;

import dev.idem.gateway.caller.AccessTokenCheck;
import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.probe.OutcomeProbe;
import dev.idem.gateway.probe.UpstreamQuery;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.KeyPathTemplate;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.completion.OutcomeResolver;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.PolicyWarning;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates routes from their settings. */
public final class RouteFactory {
    private final IdempotencyRuntime runtime;
    private final GatewayMetrics metrics;

    public RouteFactory(IdempotencyRuntime runtime, GatewayMetrics metrics) {
        this.runtime = runtime;
        this.metrics = metrics;
    }

    public RouteExchange route(RouteSettings settings, UpstreamClient upstream) {
        PolicyWarning.log("gateway route " + settings.prefix(), settings.policy());
        RouteCounters counters = new RouteCounters(settings.prefix(), runtime.listener(), metrics);
        Map<String, RouteRules> rules = settings.policy().methods().stream()
                .collect(Collectors.toMap(method -> method, method -> rules(method, settings, counters)));
        Optional<AccessTokenCheck> tokens = settings.jwt().map(AccessTokenCheck::new);
        GatewayResponses responses = new GatewayResponses(
                ResponseContract.of(runtime.describedBy(), settings.policy()),
                settings.policy().cors());
        LeaseCompletion completion = runtime.completion(settings.policy());
        UpstreamQuery query = new UpstreamQuery(settings, upstream, responses);
        RouteParts parts = new RouteParts(
                settings,
                new CallerScope(settings.scope(), tokens),
                new ReplayAuthorization(settings.replayAuth(), tokens, query, responses),
                new PassThroughSender(settings, upstream, completion, responses, counters),
                new ProtectedCalls(settings, upstream, runtime.tracing()),
                completion,
                new OutcomeProbe(query, probed(settings)),
                new OutcomeResolver(runtime.records()),
                responses,
                counters);
        return new RouteExchange(parts, upstream, rules, runtime.memory());
    }

    /** Empty if the policy decides without asking the upstream. */
    private static Optional<KeyPathTemplate> probed(RouteSettings settings) {
        return settings.policy().onUnknown() == OnUnknown.PROBE ? settings.outcomeProbe() : Optional.empty();
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
