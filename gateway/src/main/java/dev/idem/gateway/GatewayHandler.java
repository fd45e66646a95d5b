package dev.idem.gateway;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.response.GatewayResponses;
import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.RouteTable;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes each unambiguous request to the route that takes it, or else to the application.
 *
 * <p>The application behaves as if there were no gateway, except that request bodies must arrive at a minimum rate.
 * While there are routes, the handler runs on the thread that reads the connection, because forwarding never blocks.
 * Work that may block is handed to another thread.
 */
final class GatewayHandler extends Handler.Wrapper {
    /** Scripts of other origins have no access below this path. */
    private static final String OPERATORS = "/api/v1/admin";

    private final Supplier<RouteTable<RouteExchange>> routes;
    private final String connector;
    private final UriCompliance application;
    private final String namesBelow;
    private final GatewayResponses responses;
    private final LoginBodyReader logins;

    /**
     * @param routes the current ones
     * @param connector the name of the connectors whose requests are handled here
     * @param application which URIs the application accepts; routes accept all
     * @param namesBelow the beginning of the application's paths that contain names; these accept all URIs, too
     * @param responses the responses that belong to no route
     */
    GatewayHandler(
            Handler next,
            Supplier<RouteTable<RouteExchange>> routes,
            String connector,
            UriCompliance application,
            String namesBelow,
            GatewayResponses responses,
            LoginBodyReader logins) {
        super(next);
        this.routes = routes;
        this.connector = connector;
        this.application = application;
        this.namesBelow = namesBelow;
        this.responses = responses;
        this.logins = logins;
    }

    @Override
    public InvocationType getInvocationType() {
        return routes.get().isEmpty() ? super.getInvocationType() : InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ClientExchange client = new ClientExchange(request, response, callback);
        if (!isOfApplication(request)) {
            return application(client);
        }
        RoutePath path = new RoutePath(String.valueOf(request.getHttpURI().getPath()));
        RouteTable<RouteExchange> table = routes.get();
        Optional<RouteExchange> route = table.match(path.raw());
        Optional<Refusal> refusal = refusal(request, table, route, path);
        if (refusal.isPresent()) {
            route.ifPresentOrElse(
                    taking -> taking.refuse(client, refusal.get()),
                    () -> responses.refuse(client, refusal.get(), Optional.empty()));
            return true;
        }
        while (route.isPresent() && !route.get().handle(client)) {
            route = routes.get().match(path.raw()); // the route has just been replaced
        }
        return route.isPresent() || next(client, path);
    }

    private static Optional<Refusal> refusal(
            Request request, RouteTable<RouteExchange> table, Optional<RouteExchange> route, RoutePath path) {
        Optional<Refusal> ambiguity = AmbiguousRequest.of(request);
        if (ambiguity.isPresent()) {
            return ambiguity;
        }
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return Optional.of(noTunnel());
        }
        return table.isEmpty() ? Optional.empty() : UnforwardableRequest.refusal(request, table, route, path);
    }

    private boolean next(ClientExchange client, RoutePath path) throws Exception {
        Optional<String> violation = violation(client.request().getHttpURI());
        if (violation.isPresent()) {
            responses.refuse(client, ambiguous(violation.get()), Optional.empty());
            return true;
        }
        String read = path.isPlain() ? path.raw() : path.canonical();
        if (!responses.speakAcrossOrigins() || read.startsWith(OPERATORS)) {
            return application(client);
        }
        responses.acrossOrigins(client);
        return responses.preflight(client)
                || application(
                        new ClientExchange(client.request(), new CorsResponse(client, responses), client.callback()));
    }

    private boolean application(ClientExchange client) throws Exception {
        Request plain = InlineConnectionFactory.plain(client.request());
        Request request = client.hasBody() ? new RateCheckedRequest(plain, MinimumBodyRate.OF_THE_SERVICE) : plain;
        Response response = client.response();
        Callback callback = client.callback();
        Runnable full = () -> responses.refuse(
                new ClientExchange(request, response, callback), RefusalProblems.overloaded(null), Optional.empty());
        if (logins.take(client)) {
            logins.read(request, read -> onAThread(read, response, callback, full), full);
            return true;
        }
        if (routes.get().isEmpty()) {
            return super.handle(request, response, callback);
        }
        onAThread(request, response, callback, full);
        return true;
    }

    private boolean isOfApplication(Request request) {
        return connector.equals(request.getConnectionMetaData().getConnector().getName());
    }

    /** On this thread if it may block, as it may while there are no routes. */
    private void onAThread(Request request, Response response, Callback callback, Runnable full) {
        if (routes.get().isEmpty()) {
            blocking(request, response, callback);
            return;
        }
        try {
            request.getComponents().getExecutor().execute(() -> blocking(request, response, callback));
        } catch (RejectedExecutionException noThread) {
            full.run();
        }
    }

    private void blocking(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) { // as the server does for handlers that it calls itself
            OutOfMemoryExit.haltAfter(e);
            Response.writeError(request, response, callback, e);
        }
    }

    /** The application decodes names in its paths itself, whatever characters they contain. */
    private Optional<String> violation(HttpURI uri) {
        if (!uri.hasViolations() || String.valueOf(uri.getPath()).startsWith(namesBelow)) {
            return Optional.empty();
        }
        return uri.getViolations().stream()
                .filter(violation -> !application.allows(violation))
                .map(UriCompliance.Violation::getDescription)
                .findFirst();
    }

    private static Refusal ambiguous(String violation) {
        return new Refusal(
                Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The request target is ambiguous (" + violation + "). Send it without unusual encodings.",
                        null),
                Map.of());
    }

    /** The bytes that follow on the connection are meant for another server. */
    private static Refusal noTunnel() {
        return new Refusal(
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "CONNECT is not supported.", null),
                Map.of("Connection", "close", "Allow", UnforwardableRequest.METHODS));
    }
}
