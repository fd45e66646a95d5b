package dev.idem.gateway;

import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.RouteTable;
import dev.idem.http.decision.Refusal;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** What no route passes on, whichever takes it. */
final class UnforwardableRequest {
    /** The usual ones that pass; what else a route's upstream takes is not known here. */
    static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    private UnforwardableRequest() {}

    static Optional<Refusal> refusal(
            Request request, RouteTable<RouteExchange> table, Optional<RouteExchange> route, RoutePath path) {
        if (!path.isPlain() && !table.match(path.canonical()).equals(route)) {
            return refuse(ProblemType.INVALID_REQUEST, "The path is another one when it is decoded; write it plainly.");
        }
        if (route.isEmpty()) {
            return Optional.empty();
        }
        if (!isSentAsItIs(request.getHttpURI())) {
            return refuse(
                    ProblemType.INVALID_REQUEST,
                    "The target has characters that no target may have; percent-encode them, and leave out what follows #.");
        }
        if (path.hasDotSegment()) {
            return refuse(ProblemType.INVALID_REQUEST, "The path has dot segments; resolve them before sending it.");
        }
        if (HttpMethod.TRACE.is(request.getMethod())) {
            // It would show a client headers that are added on the way.
            return Optional.of(new Refusal(
                    Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This gateway takes no TRACE.", null),
                    Map.of(HttpHeader.ALLOW.asString(), METHODS, HttpHeader.CONNECTION.asString(), "close")));
        }
        if (isWorkerOfAllPaths(request, path)) {
            return refuse(
                    ProblemType.FORBIDDEN,
                    "A service worker at the root would answer for all routes, and for the way to the console; put its"
                            + " script into a folder.");
        }
        if (asksForAnotherProtocol(request.getHeaders())) {
            return refuse(
                    ProblemType.UPGRADE_NOT_SUPPORTED,
                    "This gateway passes requests and answers on, and no other protocol.");
        }
        return Optional.empty();
    }

    /** A target is ASCII (RFC 9112, section 3.2): other bytes are characters to whoever reads it here, and lost when it is written again. */
    private static boolean isSentAsItIs(HttpURI target) {
        return target.getFragment() == null
                && target.getPathQuery().chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /** A worker answers for the folder of its script and all below (Service Workers, section "Register"), for as long as a browser keeps it. */
    private static boolean isWorkerOfAllPaths(Request request, RoutePath path) {
        return path.raw().lastIndexOf('/') == 0 && request.getHeaders().contains("Service-Worker");
    }

    /** A client that offers HTTP/2 is served as if it had not, which it bears (RFC 9113, section 3.1, has done away with the offer). */
    private static boolean asksForAnotherProtocol(HttpFields headers) {
        return headers.contains(HttpHeader.CONNECTION, "upgrade")
                && isAnotherProtocol(headers.getValuesList(HttpHeader.UPGRADE));
    }

    private static boolean isAnotherProtocol(List<String> offered) {
        return offered.stream().anyMatch(protocol -> !protocol.equalsIgnoreCase("h2c"));
    }

    private static Optional<Refusal> refuse(ProblemType type, String detail) {
        return Optional.of(new Refusal(Problem.of(type, detail, null), Map.of()));
    }
}
