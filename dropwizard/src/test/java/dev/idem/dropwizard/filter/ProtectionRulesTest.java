package dev.idem.dropwizard.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.atomic.TransactionRules;
import dev.idem.dropwizard.route.ConfiguredRoutes;
import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.http.key.KeySource;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file names is protected, or the start says why not. */
final class ProtectionRulesTest {
    private static final RoutePolicy POSTS = protecting("POST");
    private static final RoutePolicy PUTS = protecting("PUT");

    public static final class Orders {
        public void plain() {}

        @Idempotent
        public void annotated() {}

        @Idempotent(atomic = true)
        public void atomic() {}

        @Idempotent(policy = "puts")
        public void byItsPolicy() {}

        @Idempotent(keyFrom = "/id")
        public void byItsBody() {}
    }

    private static RoutePolicy protecting(String verb) {
        RoutePolicy usual = RoutePolicy.DEFAULT;
        return new RoutePolicy(
                usual.engine(),
                usual.keys(),
                usual.comparison(),
                usual.stored(),
                usual.maxRequestBody(),
                Set.of(verb),
                usual.onUnknown(),
                usual.lateAnswer(),
                usual.cors());
    }

    private static ConfiguredRoute entry(String path, Optional<RoutePolicy> policy, String... methods) {
        return new ConfiguredRoute(
                "idempotency.routes[0]", path, Set.of(methods), policy, Optional.empty(), Optional.empty(), true);
    }

    private static ConfiguredRoute entry(String keyFrom) {
        return new ConfiguredRoute(
                "idempotency.routes[0]",
                "/orders",
                Set.of(),
                Optional.of(POSTS),
                Optional.of(KeySource.of(keyFrom)),
                Optional.empty(),
                true);
    }

    private static boolean isProtected(String method, String route, ConfiguredRoute... entries) throws Exception {
        return new ProtectionRules(
                        new RoutePolicies(POSTS, Map.of("puts", PUTS), List.of(entries)),
                        new MethodRoutes(new ConfiguredRoutes(List.of(entries))),
                        new TransactionRules(Map.of()),
                        new OwnBindings())
                .of(Orders.class.getMethod(method), Orders.class, route)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"plain, PUT", "annotated, PUT", "atomic, PATCH", "byItsPolicy, POST"})
    void anEntryWhosePolicyLeavesItsMethodOut(String method, String verb) {
        for (String path : List.of("/orders/{id}", "/**")) {
            assertThatThrownBy(() -> isProtected(method, verb + " /orders/{order}", entry(path, Optional.empty())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("idempotency.routes[0].methods must be of those that the policy protects")
                    .hasMessageContaining("without " + verb + " it protects nothing of " + verb + " /orders/{order}");
        }
    }

    @Test
    void whatTheEntryWritesInPlaceCountsToo() throws Exception {
        assertThatThrownBy(() -> isProtected("byItsPolicy", "PUT /orders", entry("/orders", Optional.of(POSTS))))
                .hasMessageContaining("which are [POST]: without PUT");
        assertThatThrownBy(() -> isProtected("plain", "PUT /orders", entry("/orders", Optional.empty(), "PUT")))
                .hasMessageContaining("which are [POST]: without PUT");
        assertThat(isProtected("annotated", "PUT /orders", entry("/orders", Optional.of(PUTS))))
                .isTrue();
        assertThat(isProtected("plain", "POST /orders", entry("/orders", Optional.empty())))
                .isTrue();
    }

    @Test
    void anAtomicMethodIsNeverWithoutItsTransaction() throws Exception {
        assertThatThrownBy(() -> isProtected("atomic", "PUT /orders"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Orders.atomic() is atomic, and its policy must protect its method")
                .hasMessageContaining("policy.methods are [POST], without PUT");
        assertThat(isProtected("atomic", "POST /orders")).isTrue();
    }

    @Test
    void anEntryMovesNoKeyThatTheMethodHasPlaced() throws Exception {
        for (String other : List.of("header", "query:id", "/key")) {
            assertThatThrownBy(() -> isProtected("byItsBody", "POST /orders", entry(other)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("idempotency.routes[0].policy must not say keyFrom for ")
                    .hasMessageContaining("Orders.byItsBody(), whose annotation has keyFrom = /id");
        }
        assertThat(isProtected("byItsBody", "POST /orders", entry("/id"))).isTrue();
        assertThat(isProtected("annotated", "POST /orders", entry("/key"))).isTrue();
    }

    /** An annotation may be for some of a class's methods. */
    @ParameterizedTest
    @CsvSource({"annotated, PUT /orders", "byItsPolicy, POST /orders", "atomic, GET /orders", "plain, PUT /orders"})
    void othersPass(String method, String route) throws Exception {
        assertThat(isProtected(method, route)).isFalse();
        assertThat(isProtected(method, route, entry("/other", Optional.empty())))
                .isFalse();
    }
}
