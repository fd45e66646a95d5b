package dev.idem.gateway.config;

import dev.idem.http.key.KeyFormat;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.policy.StoragePolicy;
import java.util.HashSet;
import java.util.Set;

/**
 * The default policy of gateway routes. The gateway cannot see whether an upstream's handler was reached, so it does
 * not store statuses that usually mean that it was not.
 */
final class GatewayPolicy {
    private static final Set<Integer> NOT_REACHED =
            Set.of(400, 401, 403, 404, 405, 406, 408, 412, 413, 415, 422, 425, 429);

    private GatewayPolicy() {}

    static RoutePolicy over(RoutePolicy usual) {
        StoragePolicy stored = usual.stored();
        Set<Integer> never = new HashSet<>(stored.never());
        never.addAll(NOT_REACHED);
        return new RoutePolicy(
                usual.engine(),
                usual.keys().with(KeyFormat.ANY),
                usual.comparison(),
                new StoragePolicy(
                        never, stored.clientErrors(), stored.serverErrors(), stored.maxBody(), stored.compressAbove()),
                usual.maxRequestBody(),
                usual.methods(),
                usual.onUnknown(),
                usual.lateAnswer(),
                usual.cors());
    }

    static RoutePolicy with(RoutePolicy rules, Set<String> methods) {
        return new RoutePolicy(
                rules.engine(),
                rules.keys(),
                rules.comparison(),
                rules.stored(),
                rules.maxRequestBody(),
                methods,
                rules.onUnknown(),
                rules.lateAnswer(),
                rules.cors());
    }
}
