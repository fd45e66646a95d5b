package dev.idem.gateway.exchange;

import dev.idem.gateway.caller.CallerScope;
import dev.idem.gateway.probe.OutcomeProbe;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.completion.OutcomeResolver;

/**
 * What the exchanges of one route share. Each part is thread-safe.
 *
 * @param callers whose keys they are
 * @param authorization who may learn of an earlier request
 * @param passing forwards what does not execute under a lease
 * @param calls to the upstream, of requests that do
 * @param completion ends the leases
 * @param probe asks the upstream whether a request took effect, if the policy says so
 * @param outcomes resolves held keys
 */
record RouteParts(
        RouteSettings settings,
        CallerScope callers,
        ReplayAuthorization authorization,
        PassThroughSender passing,
        ProtectedCalls calls,
        LeaseCompletion completion,
        OutcomeProbe probe,
        OutcomeResolver outcomes,
        GatewayResponses responses,
        RouteCounters counters) {}
