package dev.idem.dropwizard;

import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.context.ContextsOfInstances;
import dev.idem.dropwizard.filter.IdempotentBinder;
import dev.idem.dropwizard.filter.IdempotentFeature;
import dev.idem.dropwizard.filter.LostTransactions;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.dropwizard.late.GoneClients;
import dev.idem.dropwizard.late.LateAnswers;
import dev.idem.dropwizard.late.LateBinder;
import dev.idem.dropwizard.problem.ProblemBodyWriter;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.route.ClaimOrder;
import dev.idem.dropwizard.route.ConfiguredRoutes;
import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.dropwizard.route.MisplacedAnnotations;
import dev.idem.dropwizard.servlet.ServletLayer;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.policy.RoutePolicies;
import jakarta.ws.rs.core.Configurable;

/** What Jersey needs to protect an application's resources, under a server of any kind. The bundle registers it in an application. */
public final class JerseyLayer {
    private final IdempotencyRuntime runtime;
    private final RoutePolicies policies;
    private final ScopeResolver scopes;
    private final TransactionFilter transactions;
    private final RequestHooks hooks;
    private final LateAnswers answers;

    /**
     * @param scopes what the application gives
     * @param answers stopped with the application
     */
    public JerseyLayer(
            IdempotencyRuntime runtime,
            RoutePolicies policies,
            ScopeResolver scopes,
            TransactionFilter transactions,
            RequestHooks hooks,
            LateAnswers answers) {
        this.runtime = runtime;
        this.policies = policies;
        this.scopes = new CheckedScopes(scopes);
        this.transactions = transactions;
        this.hooks = hooks;
        this.answers = answers;
    }

    /** Call it once, before Jersey starts. */
    public void register(Configurable<?> jersey) {
        OwnBindings bindings = new OwnBindings();
        jersey.register(bindings);
        ClaimOrder order = new ClaimOrder();
        MethodRoutes routes = new MethodRoutes(new ConfiguredRoutes(policies.routes()));
        jersey.property(MethodRoutes.PROPERTY, routes);
        jersey.register(routes);
        jersey.register(new IdempotentFeature(runtime, policies, routes, scopes, transactions, bindings, order, hooks));
        jersey.register(order);
        jersey.register(new ServletLayer(runtime.memory(), policies.largestRequestBody()));
        jersey.register(new LateBinder(answers));
        jersey.register(new GoneClients(answers));
        jersey.register(new LostTransactions());
        jersey.register(new RequestEnd());
        jersey.register(new IdempotentBinder(transactions.participantTypes().keySet(), bindings));
        jersey.register(ContextsOfInstances.class);
        jersey.register(MisplacedAnnotations.class);
        jersey.register(new ProblemBodyWriter());
    }
}
