package dev.idem.dropwizard.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.KeyFormat;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.engine.Policy;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyConfigurationTest {

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        assertThat(read("{}").toPolicy(Consistency.FAST)).isEqualTo(Policy.DEFAULT);
        assertThat(PolicyConfiguration.DEFAULT.toPolicy(Consistency.FAST)).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void theDocumentedPolicyIsRead() throws Exception {
        assertThat(read("{ ttl: 24h, lockTimeout: 30s, wait: 5s, keyRequired: false, keyFormat: uuid,"
                                + " fingerprint: { enabled: true, window: 100ms }, onStoreFailure: open,"
                                + " storeServerErrors: false, maxStoredBody: 1MiB, maxRequestBody: 1MiB }")
                        .toPolicy(Consistency.FAST))
                .isEqualTo(Policy.DEFAULT);
    }

    @Test
    void eachKeyIsRead() throws Exception {
        PolicyConfiguration policy = read(
                "{ ttl: 1d, lockTimeout: 1500ms, wait: 0s, keyRequired: true, keyFormat: any,"
                        + " fingerprint: { window: 250ms, ignore: [/client_time], headers: [X-Tenant] }, onStoreFailure: closed, storeServerErrors: true, maxStoredBody: 2KiB, maxRequestBody: 3MiB }");

        assertThat(policy.toPolicy(Consistency.FAST))
                .isEqualTo(new Policy(
                        Duration.ofDays(1),
                        Duration.ofMillis(1500),
                        Duration.ZERO,
                        true,
                        KeyFormat.ANY,
                        Optional.of(Duration.ofMillis(250)),
                        new FingerprintRules(List.of("/client_time"), List.of("x-tenant")),
                        OnStoreFailure.CLOSED,
                        true,
                        2 << 10,
                        3 << 20,
                        Consistency.FAST));
    }

    @Test
    void aPolicyThatNamesItsConsistencyIsNotAskedTheSections() throws Exception {
        assertThat(read("{ consistency: strict }").toPolicy(Consistency.FAST).consistency())
                .isEqualTo(Consistency.STRICT);
        assertThat(read("{}").toPolicy(Consistency.STRICT).consistency()).isEqualTo(Consistency.STRICT);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', PT0.1S",
        "'{ fingerprint: {} }', PT0.1S",
        "'{ fingerprint: { enabled: true } }', PT0.1S",
        "'{ fingerprint: { window: 5s } }', PT5S",
        "'{ fingerprint: { enabled: false, window: 100ms } }', "
    })
    void requestsWithoutAKeyAreComparedUnlessTheFileSaysOtherwise(String yaml, @Nullable Duration window)
            throws Exception {
        assertThat(read(yaml).toPolicy(Consistency.FAST).window()).isEqualTo(Optional.ofNullable(window));
    }

    @ParameterizedTest
    @CsvSource({
        "ttl: 1ms, policy.ttl, from 1s to 366d",
        "lockTimeout: 300ms, policy.lockTimeout, from 1s to 1d",
        "wait: 6m, policy.wait, from 0s to 5m",
        "'fingerprint: { window: 0ms }', policy.fingerprint.window, from 1ms to 1d",
        "'fingerprint: { ignore: [client_time] }', policy.fingerprint.ignore, JSON Pointers such as /client_time",
        "'fingerprint: { headers: [a b] }', policy.fingerprint.headers, names of headers such as X-Tenant",
        "maxStoredBody: 65MiB, policy.maxStoredBody, from 0 to 64MiB",
        "maxRequestBody: 1GiB, policy.maxRequestBody, from 0 to 64MiB",
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
        "maxStoredBody: much, maxStoredBody",
        "'fingerprint: { window: never }', fingerprint.window",
    })
    void aValueThatCannotBeReadStopsTheStartAndIsNamed(String yaml, String key) {
        new Yaml(yaml).assertRefused(PolicyConfiguration.class, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxWait", "locktimeout", "policy"})
    void anUnknownKeyStopsTheStartAndIsNamed(String key) {
        new Yaml(key + ": 1s").assertRefused(PolicyConfiguration.class, "Unrecognized field at: " + key);
    }

    private static PolicyConfiguration read(String yaml) throws Exception {
        return new Yaml(yaml).as(PolicyConfiguration.class);
    }
}
