package dev.idem.gateway.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.gateway.caller.AccessTokenCheck;
import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.http.decision.IdempotencyRuntime;
import dev.idem.http.decision.OutcomeResolver;
import dev.idem.http.decision.ResponseContract;
import dev.idem.http.decision.RouteRules;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes routes of their settings. */
public final class RouteFactory {
    private final IdempotencyRuntime protection;
    private final GatewayMetrics metrics;
    private final ObjectMapper mapper;

    public RouteFactory(IdempotencyRuntime protection, GatewayMetrics metrics, ObjectMapper mapper) {
        this.protection = protection;
        this.metrics = metrics;
        this.mapper = mapper;
    }

    public RouteExchange route(RouteSettings settings, UpstreamClient upstream) {
        RouteCounters counters = new RouteCounters(settings.prefix(), protection.listener(), metrics);
        Map<String, RouteRules> rules = settings.policy().methods().stream()
                .collect(Collectors.toMap(method -> method, method -> rules(method, settings, counters)));
        Optional<AccessTokenCheck> tokens = settings.jwt().map(AccessTokenCheck::new);
        GatewayResponses answers = new GatewayResponses(
                ResponseContract.of(protection.describedBy(), settings.policy()),
                settings.policy().keys().header(),
                mapper,
                settings.policy().cors());
        UpstreamQuery question = new UpstreamQuery(settings, upstream, answers);
        UpstreamExecution execution = new UpstreamExecution(
                settings,
                upstream,
                protection.settlements(),
                protection.tracing(),
                new OutcomeResolver(protection.records()),
                new OutcomeProbe(question, settings.outcomeProbe()),
                answers,
                counters);
        return new RouteExchange(
                settings,
                upstream,
                rules,
                new CallerScope(settings.scope(), tokens),
                execution,
                new ReplayAuthorization(settings.replayAuth(), tokens, question, answers),
                answers,
                counters,
                new PassThroughSender(settings, upstream, protection.settlements(), answers, counters),
                protection.memory());
    }

    private RouteRules rules(String method, RouteSettings settings, RouteCounters counters) {
        String name = method + ' ' + settings.prefix();
        counters.routeAdded(name);
        return new RouteRules(
                name,
                false,
                settings.policy(),
                protection.rollout(),
                protection.engine(),
                counters,
                protection.tracing());
    }
}
