package dev.idem.gateway;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.gateway.body.RateCheckedRequest;
import dev.idem.gateway.exchange.ClientExchange;
import dev.idem.gateway.exchange.GatewayResponses;
import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.route.RoutePath;
import dev.idem.gateway.route.RouteTable;
import dev.idem.http.decision.Refusal;
import dev.idem.http.decision.RefusalProblems;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
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
 * Gives a request that can mean one thing only to the route that takes it, or else to the application, as if no gateway were
 * there but for the pace at which a body has to come. While there are routes it runs on the thread that reads the connection, since to pass a request on blocks nobody;
 * what may block goes to another thread.
 */
final class GatewayHandler extends Handler.Wrapper {
    /** Where no script of another origin has any business. */
    private static final String OPERATORS = "/api/v1/admin";

    private final Supplier<RouteTable<RouteExchange>> routes;
    private final String connector;
    private final UriCompliance application;
    private final String namesBelow;
    private final GatewayResponses answers;
    private final LoginBodyReader logins;

    /**
     * @param routes those of the moment
     * @param connector the name of the connectors whose requests are looked at
     * @param application what the application takes for a URI; routes take any
     * @param namesBelow the beginning of the application's paths that have names in them, which take any URI, too
     * @param answers those that no route gives
     */
    GatewayHandler(
            Handler next,
            Supplier<RouteTable<RouteExchange>> routes,
            String connector,
            UriCompliance application,
            String namesBelow,
            GatewayResponses answers,
            LoginBodyReader logins) {
        super(next);
        this.routes = routes;
        this.connector = connector;
        this.application = application;
        this.namesBelow = namesBelow;
        this.answers = answers;
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
                    () -> answers.refuse(client, refusal.get(), Optional.empty()));
            return true;
        }
        while (route.isPresent() && !route.get().handle(client)) {
            route = routes.get().match(path.raw()); // it was replaced this very moment
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
            answers.refuse(client, ambiguous(violation.get()), Optional.empty());
            return true;
        }
        String read = path.isPlain() ? path.raw() : path.canonical();
        if (!answers.speakAcrossOrigins() || read.startsWith(OPERATORS)) {
            return application(client);
        }
        answers.acrossOrigins(client);
        return answers.preflight(client)
                || application(
                        new ClientExchange(client.request(), new CorsResponse(client, answers), client.callback()));
    }

    private boolean application(ClientExchange client) throws Exception {
        Request plain = InlineConnectionFactory.plain(client.request());
        Request request = client.hasBody() ? new RateCheckedRequest(plain, MinimumBodyRate.OF_THE_SERVICE) : plain;
        Response response = client.response();
        Callback callback = client.callback();
        Runnable full = () -> answers.refuse(
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

    /** On this one, if it may block; as it may while there are no routes. */
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
        } catch (Throwable e) { // as the server does where it calls handlers itself
            OutOfMemoryExit.haltAfter(e);
            Response.writeError(request, response, callback, e);
        }
    }

    /** Where the application takes names in its paths it decodes them itself, whatever characters they have. */
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
                        "The target can be read in two ways (" + violation + "); write it plainly.",
                        null),
                Map.of());
    }

    /** What comes after it on the connection is meant for somebody else. */
    private static Refusal noTunnel() {
        return new Refusal(
                Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This is no proxy that makes tunnels.", null),
                Map.of("Connection", "close", "Allow", UnforwardableRequest.METHODS));
    }
}
