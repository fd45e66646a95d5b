package dev.idem.gateway.config;

import dev.idem.gateway.route.ReplayAuth;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.gateway.route.ScopeRule;
import dev.idem.http.policy.OnUnknown;

/** Keys of a route that contradict each other, or of which one has no effect. Each seems to do what it does not do. */
final class RouteConflicts {
    private RouteConflicts() {}

    /**
     * @param route as configured
     * @param settings what was read from it
     * @throws IllegalArgumentException naming a key that cannot stay, and the one that is against it
     */
    static void refuse(RouteConfiguration route, RouteSettings settings) {
        boolean asks = settings.policy().onUnknown() == OnUnknown.PROBE;
        boolean usesTokens =
                settings.scope() instanceof ScopeRule.Claim || settings.replayAuth() instanceof ReplayAuth.Jwt;
        require(!asks || route.probe() != null, "probe must have a path, since policy.onUnknown is probe");
        require(asks || route.probe() == null, "probe must be left out, or policy.onUnknown must be probe");
        require(
                !asks || settings.policy().stored().maxBody() > 0,
                "policy.maxStoredBody must be more than 0B, since policy.onUnknown is probe: what a probe finds is stored");
        require(
                usesTokens || route.jwt() == null,
                "jwt must be left out, or scope or replayAuth must use it: no token is checked otherwise");
        require(
                settings.replayAuth() instanceof ReplayAuth.Probe || route.replayAuthPath() == null,
                "replayAuthPath must be left out, or replayAuth must be probe");
        require(
                route.policy() == null || !route.policy().saysLateAnswer(),
                "policy.lateAnswer must be left out: the route's timeout says how long its upstream may take");
        require(
                route.methods() == null
                        || route.policy() == null
                        || !route.policy().saysMethods(),
                "policy.methods must be left out where methods is given: each says which methods are protected");
        require(
                route.trustStorePassword() == null || route.trustStore() != null,
                "trustStorePassword must be left out, or trustStore must name the file that it opens");
        require(
                route.caFile() == null || route.trustStore() == null,
                "trustStore must be left out where caFile is given: each says which authorities are trusted");
    }

    private static void require(boolean consistent, String message) {
        if (!consistent) {
            throw new IllegalArgumentException(message);
        }
    }
}
