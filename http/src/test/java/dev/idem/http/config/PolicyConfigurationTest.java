package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.Policy;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.record.Consistency;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.key.KeyScope;
import dev.idem.http.key.KeySource;
import dev.idem.http.key.KeySyntax;
import dev.idem.http.policy.CallerDiscriminator;
import dev.idem.http.policy.CorsPolicy;
import dev.idem.http.policy.FingerprintPolicy;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.policy.StoragePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigurationTest {

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        assertThat(read("{}")).isEqualTo(RoutePolicy.DEFAULT);
        assertThat(PolicyConfiguration.EMPTY.over(RoutePolicy.DEFAULT)).isEqualTo(RoutePolicy.DEFAULT);
    }

    @Test
    void theDocumentedPolicyIsRead() throws Exception {
        assertThat(read("{ ttl: 24h, lockTimeout: 30s, wait: 5s, keyRequired: false, keyFormat: uuid,"
                        + " fingerprint: { enabled: true, window: 100ms },"
                        + " storeServerErrors: false, maxStoredBody: 1MiB, maxRequestBody: 1MiB }"))
                .isEqualTo(RoutePolicy.DEFAULT.with(askingFor(FingerprintPolicy.DEFAULT)));
    }

    /** A policy that configures requests without a key compares those of unauthenticated callers, too. */
    private static FingerprintPolicy askingFor(FingerprintPolicy usual) {
        return new FingerprintPolicy(
                usual.rules(), usual.window(), usual.ceiling(), usual.content(), usual.callers(), true);
    }

    @Test
    void eachKeyIsRead() throws Exception {
        RoutePolicy policy = read("""
                ttl: 1d
                lockTimeout: 1500ms
                wait: 0s
                onStoreFailure: closed
                consistency: strict
                maxInFlightPerScope: 40
                keyHeader: Repeatability-Request-ID
                keyFrom: /event/id
                keyRequired: true
                keyFormat: any
                keyForm: bare
                keyScope: path
                keyReusedStatus: 400
                fingerprint:
                  window: 250ms
                  ignore: [/client_time]
                  headers: [X-Tenant]
                  adaptive: { ceiling: 2s }
                  content: { field: /url, as: url, window: 10m }
                  callers: { headers: [X-Session], cookies: [SID] }
                notStored: [429]
                storeClientErrors: false
                storeServerErrors: true
                maxStoredBody: 2KiB
                compressAbove: 512B
                maxRequestBody: 3MiB
                methods: [POST, PATCH]
                onUnknown: hold
                lateAnswer: 3m
                cors: { origins: https://app.example, credentials: true, exposed: [X-Total], maxAge: 1h }
                """);

        assertThat(policy)
                .isEqualTo(new RoutePolicy(
                        new Policy(
                                Duration.ofDays(1),
                                Duration.ofMillis(1500),
                                Duration.ZERO,
                                OnStoreFailure.CLOSED,
                                Consistency.STRICT,
                                40),
                        new KeyPolicy(
                                "Repeatability-Request-ID",
                                KeySource.of("/event/id"),
                                true,
                                KeyFormat.ANY,
                                KeySyntax.BARE,
                                KeyScope.PATH,
                                400),
                        new FingerprintPolicy(
                                new FingerprintRules(List.of("/client_time"), List.of("x-tenant")),
                                Optional.of(Duration.ofMillis(250)),
                                Optional.of(Duration.ofSeconds(2)),
                                Optional.of(new ContentRule("/url", ContentRule.Kind.URL, Duration.ofMinutes(10))),
                                new CallerDiscriminator(List.of("x-session"), Optional.of(Set.of("sid"))),
                                true),
                        new StoragePolicy(Set.of(429), false, true, 2 << 10, OptionalLong.of(512)),
                        3 << 20,
                        Set.of("POST", "PATCH"),
                        OnUnknown.HOLD,
                        Duration.ofMinutes(3),
                        Optional.of(new CorsPolicy(
                                Set.of("https://app.example"), true, List.of("X-Total"), Duration.ofHours(1)))));
    }

    @Test
    void aPolicyThatSaysLittleKeepsTheRestOfWhatHoldsOtherwise() throws Exception {
        RoutePolicy base = read("{ ttl: 1d, keyRequired: true, storeServerErrors: true, fingerprint: { window: 3s } }");

        RoutePolicy over = new Yaml("{ wait: 0s, fingerprint: { ignore: [/at] } }")
                .as(PolicyConfiguration.class)
                .over(base);

        assertThat(over.engine().ttl()).isEqualTo(Duration.ofDays(1));
        assertThat(over.engine().maxWait()).isZero();
        assertThat(over.keys().required()).isTrue();
        assertThat(over.stored().serverErrors()).isTrue();
        assertThat(over.comparison().window()).contains(Duration.ofSeconds(3));
        assertThat(over.comparison().rules().ignored()).containsExactly("/at");
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', PT0.1S",
        "'{ fingerprint: {} }', PT0.1S",
        "'{ fingerprint: { enabled: true } }', PT0.1S",
        "'{ fingerprint: { window: 5s } }', PT5S",
        "'{ fingerprint: { enabled: false, window: 100ms, content: { field: /url } } }', "
    })
    void requestsWithoutAKeyAreComparedUnlessTheFileSaysOtherwise(String yaml, @Nullable Duration window)
            throws Exception {
        assertThat(read(yaml).comparison().window()).isEqualTo(Optional.ofNullable(window));
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', false",
        "'{ fingerprint: { ignore: [/at], headers: [X-Tenant] } }', false",
        "'{ fingerprint: { enabled: false, window: 5s } }', false",
        "'{ fingerprint: { enabled: true } }', true",
        "'{ fingerprint: { window: 5s } }', true",
        "'{ fingerprint: { adaptive: {} } }', true",
        "'{ fingerprint: { content: { field: /url } } }', true",
        "'{ fingerprint: { callers: { cookies: [sid] } } }', true",
    })
    void strangersAreComparedOnlyWhereTheRouteItselfAsksForIt(String yaml, boolean asks) throws Exception {
        IdempotencyConfiguration section = new Yaml("{ policy: " + yaml + ", policies: { own: " + yaml + " } }")
                .as(IdempotencyConfiguration.class);

        assertThat(section.rules().usual().comparison().strangers()).isFalse();
        assertThat(section.rules().named("own").comparison().strangers()).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl: 1ms, policy.ttl, from 1s to 366d",
        "lockTimeout: 300ms, policy.lockTimeout, from 1s to 1d",
        "wait: 6m, policy.wait, from 0s to 5m",
        "'fingerprint: { window: 0ms }', policy.fingerprint.window, from 1ms to 1d",
        "'fingerprint: { ignore: [client_time] }', policy.fingerprint.ignore, JSON Pointers such as /client_time",
        "'fingerprint: { headers: [a b] }', policy.fingerprint.headers, names of headers such as X-Tenant",
        "'fingerprint: { callers: { headers: [a b] } }', policy.fingerprint.callers.headers, header names",
        "'fingerprint: { callers: { cookies: [a=b] } }', policy.fingerprint.callers.cookies, cookie names",
        "'fingerprint: { adaptive: { ceiling: 50ms } }', policy.fingerprint.adaptive.ceiling, from the window to 1d",
        "'fingerprint: { content: { field: url } }', policy.fingerprint.content.field, JSON Pointer such as /url",
        "'fingerprint: { content: { as: url } }', policy.fingerprint.content.field, JSON Pointer such as /url",
        "'fingerprint: { content: { field: /url, window: 1s } }', policy.fingerprint.content.window, from 60s to 24h",
        "keyHeader: a b, policy.keyHeader, name of a header",
        "keyReusedStatus: 500, policy.keyReusedStatus, from 400 to 499",
        "'notStored: [200]', policy.notStored, from 400 to 599",
        "'methods: [GET]', policy.methods, 'POST, PUT, PATCH and DELETE'",
        "maxStoredBody: 65MiB, policy.maxStoredBody, from 0 to 64MiB",
        "compressAbove: 65MiB, policy.compressAbove, from 0 to 64MiB",
        "maxRequestBody: 1GiB, policy.maxRequestBody, from 0 to 64MiB",
        "'cors: {}', policy.cors.origins, the origins that may read answers",
        "'cors: { origins: [https://app.example/] }', policy.cors.origins, such as https://app.example",
        "'cors: { origins: [app.example] }', policy.cors.origins, such as https://app.example",
        "'cors: { origins: [https://App.example] }', policy.cors.origins, in lower case",
        "'cors: { origins: [https://app.example:443] }', policy.cors.origins, without a path or a default port",
        "'cors: { origins: [''null''] }', policy.cors.origins, such as https://app.example",
        "'cors: { origins: [''*'', https://app.example] }', policy.cors.origins, alone",
        "'cors: { origins: ''*'', credentials: true }', policy.cors.credentials, name the origins",
        "'cors: { origins: ''*'', exposed: [a b] }', policy.cors.exposed, header names",
        "'cors: { origins: ''*'', maxAge: 2d }', policy.cors.maxAge, from 0s to 1d",
    })
    void aValueOutOfBoundsStopsTheStartAndIsNamed(String yaml, String key, String bounds) {
        new Yaml(yaml).assertRefused(PolicyConfiguration.class, key, bounds);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl: soon, ttl",
        "wait: -1s, wait",
        "keyRequired: perhaps, keyRequired",
        "keyFormat: ulid, 'policy.keyFormat must be uuid, any, or a regular expression from ^ to $, not ulid'",
        "keyFormat: '^(unclosed$', policy.keyFormat",
        "onStoreFailure: ajar, onStoreFailure",
        "keyForm: curly, keyForm",
        "keyScope: planet, keyScope",
        "'fingerprint: { content: { field: /url, as: number } }', fingerprint.content.as",
        "maxStoredBody: much, maxStoredBody",
        "'fingerprint: { window: never }', fingerprint.window",
        "'cors: { origins: ''*'', credentials: perhaps }', cors.credentials",
        "'cors: { origin: ''*'' }', origin",
    })
    void aValueThatCannotBeReadStopsTheStartAndIsNamed(String yaml, String key) {
        new Yaml(yaml).assertRefused(PolicyConfiguration.class, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxWait", "locktimeout", "policy"})
    void anUnknownKeyStopsTheStartAndIsNamed(String key) {
        new Yaml(key + ": 1s").assertRefused(PolicyConfiguration.class, "Unrecognized field at: " + key);
    }

    private static RoutePolicy read(String yaml) throws Exception {
        return new Yaml(yaml).as(PolicyConfiguration.class).over(RoutePolicy.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxInFlightPerScope: 2.9", "keyReusedStatus: 409.0", "notStored: [429, 4.5]"})
    void aFractionIsNotAWholeNumber(String written) {
        new Yaml(written).assertRefused(PolicyConfiguration.class, "Incorrect type of value");
    }
}
