package dev.idem.gateway;

import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.RouteTable;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/** Refuses requests that no route forwards. */
final class UnforwardableRequest {
    /** The usual methods that are forwarded; what else a route's upstream supports is not known here. */
    static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    private UnforwardableRequest() {}

    static Optional<Refusal> refusal(
            Request request, RouteTable<RouteExchange> table, Optional<RouteExchange> route, RoutePath path) {
        if (!path.isPlain() && !table.match(path.canonical()).equals(route)) {
            return refuse(
                    ProblemType.INVALID_REQUEST,
                    "The path is ambiguous, because it changes when it is decoded. Send it decoded.");
        }
        if (route.isEmpty()) {
            return Optional.empty();
        }
        if (!isSentAsItIs(request.getHttpURI())) {
            return refuse(
                    ProblemType.INVALID_REQUEST,
                    "The request target has invalid characters. Percent-encode them, and leave out the fragment (#).");
        }
        if (path.hasDotSegment()) {
            return refuse(ProblemType.INVALID_REQUEST, "The path has dot segments. Resolve them before sending it.");
        }
        if (HttpMethod.TRACE.is(request.getMethod())) {
            // TRACE would show a client the headers that are added on the way.
            return Optional.of(new Refusal(
                    Problem.of(ProblemType.METHOD_NOT_ALLOWED, "TRACE is not supported.", null),
                    Map.of(HttpHeader.ALLOW.asString(), METHODS, HttpHeader.CONNECTION.asString(), "close")));
        }
        if (isWorkerOfAllPaths(request, path)) {
            return refuse(
                    ProblemType.FORBIDDEN,
                    "A service worker at the root would control all routes and the console. Put its script into a folder.");
        }
        if (asksForAnotherProtocol(request.getHeaders())) {
            return refuse(ProblemType.UPGRADE_NOT_SUPPORTED, "Upgrades to other protocols are not supported.");
        }
        return Optional.empty();
    }

    /**
     * A target is ASCII (RFC 9112, section 3.2). Other bytes are read as characters here and would be lost when they
     * are written again.
     */
    private static boolean isSentAsItIs(HttpURI target) {
        return target.getFragment() == null
                && target.getPathQuery().chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /**
     * A service worker controls the folder of its script and everything below it (Service Workers, section "Register"),
     * as long as the browser keeps it.
     */
    private static boolean isWorkerOfAllPaths(Request request, RoutePath path) {
        return path.raw().lastIndexOf('/') == 0 && request.getHeaders().contains("Service-Worker");
    }

    /**
     * A client that offers HTTP/2 is served over HTTP/1.1, which it must accept (RFC 9113, section 3.1, has removed the
     * offer).
     */
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
