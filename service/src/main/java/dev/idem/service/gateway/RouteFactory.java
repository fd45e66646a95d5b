package dev.idem.service.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.dropwizard.decision.Contract;
import dev.idem.dropwizard.decision.Protection;
import dev.idem.dropwizard.decision.RouteRules;
import dev.idem.service.gateway.caller.AccessTokenCheck;
import dev.idem.service.gateway.caller.CallerScope;
import dev.idem.service.gateway.exchange.Answers;
import dev.idem.service.gateway.exchange.RouteCounters;
import dev.idem.service.gateway.exchange.RouteExchange;
import dev.idem.service.gateway.route.RouteSettings;
import dev.idem.service.gateway.upstream.UpstreamClient;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes routes of their settings. */
final class RouteFactory {
    private final Protection protection;
    private final ObjectMapper mapper;

    RouteFactory(Protection protection, ObjectMapper mapper) {
        this.protection = protection;
        this.mapper = mapper;
    }

    RouteExchange route(RouteSettings settings, UpstreamClient upstream) {
        RouteCounters counters = new RouteCounters(protection.listener());
        Map<String, RouteRules> rules = settings.policy().methods().stream()
                .collect(Collectors.toMap(
                        method -> method,
                        method -> new RouteRules(
                                method + ' ' + settings.prefix(),
                                false,
                                settings.policy(),
                                protection.rollout(),
                                protection.engine(),
                                counters)));
        Optional<AccessTokenCheck> tokens = settings.jwt().map(AccessTokenCheck::new);
        return new RouteExchange(
                settings,
                upstream,
                rules,
                new CallerScope(settings.scope(), tokens),
                protection.settlements(),
                new Answers(
                        Contract.of(protection.describedBy(), settings.policy()),
                        settings.policy().keys().header(),
                        mapper),
                counters);
    }
}
