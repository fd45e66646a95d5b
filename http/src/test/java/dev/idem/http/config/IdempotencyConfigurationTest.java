package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.idem.core.budget.MemoryShares;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyConfigurationTest {

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        IdempotencyConfiguration settings = read("{}");

        assertThat(settings).isEqualTo(IdempotencyConfiguration.defaults());
        assertThat(settings.isEnabled()).isTrue();
        assertThat(settings.rolloutOrDefault()).isEqualTo(RolloutConfiguration.EVERYONE);
        assertThat(settings.rules().usual()).isEqualTo(RoutePolicy.DEFAULT);
        assertThat(settings.maxWaitingOrDefault()).isEqualTo(256);
    }

    @Test
    void sectionsThatAreThereAndEmptyHaveTheirDefaults() throws Exception {
        IdempotencyConfiguration settings = read("{ rollout: , policy: }");

        assertThat(settings.rolloutOrDefault().settings()).isEqualTo(RolloutSettings.EVERYONE);
        assertThat(settings.rules().usual()).isEqualTo(RoutePolicy.DEFAULT);
    }

    @Test
    void memoryIsSharedOutFromTheHeapUnlessToldOtherwise() throws Exception {
        long usual = MemoryShares.usualTotal(Runtime.getRuntime().maxMemory());
        assertThat(read("{}").memoryShares()).isEqualTo(new MemoryShares(usual, usual / 2, 0));
        assertThat(read("bodyMemory: 32MiB").memoryShares()).isEqualTo(new MemoryShares(usual, 32 << 20, 0));
        assertThat(read("{ memoryBudget: 100MiB, nearCache: 10MiB }").memoryShares())
                .isEqualTo(new MemoryShares(100 << 20, 50 << 20, 10 << 20));
    }

    @Test
    void theDocumentedSectionIsRead() throws Exception {
        IdempotencyConfiguration settings = read("""
                enabled: false
                consistency: strict
                rollout: { percent: 5, platforms: [ios], shadow: false }
                policy: { keyRequired: true, keyFormat: any }
                maxWaiting: 0
                """);

        assertThat(settings.isEnabled()).isFalse();
        assertThat(settings.rules().usual().engine().consistency()).isEqualTo(Consistency.STRICT);
        assertThat(settings.rolloutOrDefault().settings().all().percentage()).hasToString("5");
        assertThat(settings.rules().usual().keys().required()).isTrue();
        assertThat(settings.maxWaitingOrDefault()).isZero();
    }

    @Test
    void withoutAStoreStrictExecutesNothingUnlessAskedTo() throws Exception {
        RoutePolicies rules = read("""
                policies:
                  payments: { consistency: strict }
                  asked: { consistency: strict, onStoreFailure: open }
                """).rules();

        assertThat(rules.usual().engine().onStoreFailure()).isEqualTo(OnStoreFailure.OPEN);
        assertThat(rules.named("payments").engine().onStoreFailure()).isEqualTo(OnStoreFailure.CLOSED);
        assertThat(rules.named("asked").engine().onStoreFailure()).isEqualTo(OnStoreFailure.OPEN);
        assertThat(rules.named("asked").engine().isStrictButOpen()).isTrue();
        assertThat(read("consistency: strict").rules().usual().engine().onStoreFailure())
                .isEqualTo(OnStoreFailure.CLOSED);
        assertThat(read("{ consistency: strict, policy: { onStoreFailure: open }, policies: { other: { ttl: 1h } } }")
                        .rules()
                        .named("other")
                        .engine()
                        .isStrictButOpen())
                .isTrue();
    }

    @Test
    void aNamedPolicySaysWhatIsDifferentFromTheUsualOne() throws Exception {
        RoutePolicies rules = read("""
                consistency: strict
                policy: { ttl: 1h, keyRequired: true }
                policies: { orders: { keyFormat: any, consistency: fast }, payments: { ttl: 7d } }
                """).rules();

        assertThat(rules.named("")).isEqualTo(rules.usual());
        assertThat(rules.named("orders").keys().required()).isTrue();
        assertThat(rules.named("orders").keys().format()).isEqualTo(KeyFormat.ANY);
        assertThat(rules.named("orders").engine().consistency()).isEqualTo(Consistency.FAST);
        assertThat(rules.named("payments").engine().ttl()).isEqualTo(Duration.ofDays(7));
        assertThat(rules.named("payments").engine().consistency()).isEqualTo(Consistency.STRICT);
        assertThatIllegalStateException()
                .isThrownBy(() -> rules.named("order"))
                .withMessageContaining("'order'")
                .withMessageContaining("[orders, payments]");
    }

    @Test
    void aRouteHasANamedPolicyOrOneOfItsOwnOrNone() throws Exception {
        RoutePolicies rules = read("""
                policy: { ttl: 2h, keyFormat: any }
                policies: { payments: { ttl: 7d } }
                routes:
                  - { path: /payments, policy: payments }
                  - { path: /orders, methods: [POST], policy: { maxRequestBody: 2MiB }, anonymous: true }
                  - { path: /refunds }
                  - { path: /legacy/**, protect: false }
                """).rules();

        assertThat(rules.routes().get(0).policy()).contains(rules.named("payments"));
        ConfiguredRoute orders = rules.routes().get(1);
        assertThat(orders.policy().orElseThrow().engine().ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(orders.policy().orElseThrow().keys().format()).isEqualTo(KeyFormat.ANY);
        assertThat(orders.anonymous()).contains(true);
        assertThat(orders.names("POST")).isTrue();
        assertThat(orders.names("PUT")).isFalse();
        assertThat(rules.routes().get(2).policy()).isEmpty();
        assertThat(rules.routes().get(2).names("DELETE")).isTrue();
        assertThat(rules.routes().get(2).names("GET")).isFalse();
        assertThat(rules.routes().get(3).isProtected()).isFalse();
        assertThat(rules.largestRequestBody()).isEqualTo(2 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "maxWaiting: -1, idempotency.maxWaiting must be 0 or more",
        "consistency: eventual, consistency",
        "enabled: maybe, enabled",
        "'policy: { wait: 1h }', policy.wait must be from 0s to 5m",
        "'policy: { keyFormat: ulid }', policy.keyFormat",
        "'policy: { keyFrom: body }', policy.keyFrom must be header",
        "'policy: { waitt: 1s }', Unrecognized field at: policy.waitt",
        "'rollout: { percent: 200 }', rollout.percent must be 0 to 100",
        "'policies: { orders: { wait: 1h } }', policy.wait must be from 0s to 5m",
        "'{ policy: { fingerprint: { window: 10s } }, policies: { orders: { fingerprint: { adaptive: { ceiling: 5s } } } } }', policy.fingerprint.adaptive.ceiling",
        "describedBy: 'a b', idempotency.describedBy must be a URI",
        "retries: 3, Unrecognized field at: retries",
        "memoryBudget: 0B, idempotency.memoryBudget must be more than 0",
        "memoryBudget: 64TiB, idempotency.memoryBudget must be more than 0 and at most three quarters of the heap",
        "memoryBudget: 2MiB, idempotency.bodyMemory must be at least twice idempotency.policy.maxRequestBody",
        "'{ memoryBudget: 40MiB, nearCache: 41MiB }', idempotency.nearCache must be at most idempotency.memoryBudget",
        "bodyMemory: 0B, idempotency.bodyMemory must be more than 0",
        "'{ memoryBudget: 40MiB, bodyMemory: 31MiB }', idempotency.bodyMemory must be more than 0 and at most three quarters of idempotency.memoryBudget",
        "bodyMemory: 1MiB, idempotency.bodyMemory must be at least twice idempotency.policy.maxRequestBody",
        "'{ bodyMemory: 3MiB, policy: { maxStoredBody: 2MiB } }', which is 4194304 bytes",
        "'{ bodyMemory: 3MiB, policies: { big: { maxRequestBody: 2MiB } } }', idempotency.policies.big.maxRequestBody",
        "'routes: [{ policy: big }]', idempotency.routes[0].path must be the path of a resource method",
        "'routes: [null]', 'idempotency.routes[0] must have a path'",
        "'{ policies: { small: {} }, routes: [{ path: /a, policy: big }] }', 'idempotency.routes[0].policy must be one of idempotency.policies, which has [small]'",
        "'routes: [{ path: /a, policy: 5 }]', must be a name of idempotency.policies",
        "'routes: [{ path: /a, policy: [big] }]', must be a name of idempotency.policies",
        "'routes: [{ path: /a }, { path: /b, methods: [GET] }]', 'idempotency.routes[1].methods must be of POST, PUT, PATCH and DELETE, not [GET]'",
        "'routes: [{ path: /a, methods: [] }]', idempotency.routes[0].methods must name a method such as POST",
        "'routes: [{ path: /a, methods: [~] }]', 'idempotency.routes[0].methods must be of POST, PUT, PATCH and DELETE, not [null]'",
        "'policy: { methods: [POST, ~] }', 'policy.methods must be of POST, PUT, PATCH and DELETE, not [null, POST]'",
        "'policy: { notStored: [~] }', 'policy.notStored'",
        "'policy: { fingerprint: { ignore: [~] } }', 'policy.fingerprint.ignore'",
        "'policy: { fingerprint: { headers: [~] } }', 'policy.fingerprint.headers'",
        "'policy: { fingerprint: { callers: { headers: [~] } } }', 'policy.fingerprint.callers.headers'",
        "'policy: { fingerprint: { callers: { cookies: [~] } } }', 'policy.fingerprint.callers.cookies'",
        "'policy: { cors: { origins: [~] } }', 'policy.cors.origins'",
        "'policy: { cors: { origins: [], exposed: [~] } }', 'policy.cors.exposed'",
        "'policies: { orders: ~ }', 'policies.orders'",
        "'rollout: { platforms: [~] }', 'rollout.platforms'",
        "'tracing: { headers: { Authorization: ~ } }', 'tracing.headers.Authorization'",
        "'routes: [{ path: /a, methods: [POST], policy: { methods: [PUT] } }]', 'idempotency.routes[0].methods must be of those that its policy protects, which are [PUT], not [POST]'",
        "'routes: [{ path: /a, protect: false, anonymous: true }]', idempotency.routes[0].protect must be true",
        "'routes: [{ path: /a, protect: false, policy: { ttl: 1h } }]', idempotency.routes[0].protect must be true",
        "'routes: [{ path: /a, protect: maybe }]', protect",
        "'routes: [{ path: /a, atomic: true }]', idempotency.routes[0].atomic must be left out: a method is atomic by its annotation",
        "'routes: [{ path: /a, policy: { wait: 1h } }]', policy.wait must be from 0s to 5m",
        "'routes: [{ path: /a, policy: { waitt: 1s } }]', waitt",
        "'routes: [{ path: /a, policy: { onUnknown: probe } }]', idempotency.routes[0].policy.onUnknown must be release or hold",
        "'routes: [{ path: /a, policy: { cors: { origins: [''https://a.example''] } } }]', idempotency.routes[0].policy.cors must be left out",
        "'{ bodyMemory: 3MiB, routes: [{ path: /a, policy: { maxRequestBody: 2MiB } }] }', idempotency.routes[0].policy.maxRequestBody",
    })
    void aWrongValueStopsTheStartAndIsNamed(String yaml, String message) {
        new Yaml(yaml).assertRefused(IdempotencyConfiguration.class, message);
    }

    private static IdempotencyConfiguration read(String yaml) throws Exception {
        return new Yaml(yaml).as(IdempotencyConfiguration.class);
    }
}
