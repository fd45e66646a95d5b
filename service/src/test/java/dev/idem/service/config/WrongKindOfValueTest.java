package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value of another kind than its key asks for: the error says what it must be. */
final class WrongKindOfValueTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gateway: { routes: [{ prefix: /a, upstream: 'http://a', policy: pay }] } | gateway.routes[0].policy | keys with values of their own
                    gateway: { routes: { prefix: /a } }        | gateway.routes             | a list
                    idempotency: { policies: [pay] }           | idempotency.policies       | keys with values of their own
                    idempotency: fast                          | idempotency                | keys with values of their own
                    idempotency: { rollout: { percent: [1] } } | idempotency.rollout.percent| a number
                    idempotency: { enabled: { a: b } }         | idempotency.enabled        | true or false
                    auth: { seedUsers: [true] }                | auth.seedUsers             | true or false
                    redis: { keyPrefix: { a: b } }             | redis.keyPrefix            | a text
                    auth: { seedUsers: maybe }                 | auth.seedUsers             | true or false
                    idempotency: { maxWaiting: 2.9 }           | idempotency.maxWaiting     | a whole number
                    idempotency: { maxWaiting: many }          | idempotency.maxWaiting     | a whole number
                    idempotency: { maxWaiting: '' }            | idempotency.maxWaiting     | a whole number
                    idempotency: { policy: { maxInFlightPerScope: 2.9 } } | idempotency.policy.maxInFlightPerScope | a whole number
                    idempotency: { policy: { notStored: [429, 4.5] } } | idempotency.policy.notStored[1] | a whole number
                    idempotency: { policy: { onUnknown: wait } } | idempotency.policy.onUnknown | one of release, hold, probe
                    idempotency: { policy: { ttl: soon } }     | idempotency.policy.ttl     | a time such as
                    idempotency: { policy: { maxStoredBody: big } } | idempotency.policy.maxStoredBody | a size such as
                    idempotency: { tracing: { sampled: half } } | idempotency.tracing.sampled | a number
                    database: { poolSize: 1.5 }                | database.poolSize          | a whole number
                    gateway: { routes: [{ prefix: /a, upstream: 'http://a', maxConnections: 1e1 }] } | gateway.routes[0].maxConnections | a whole number
                    server: { maxThreads: 9.5 }                | server.maxThreads          | a whole number
                    server: { maxThreads: }                    | server.maxThreads          | a whole number
                    server: { applicationConnectors: [{ type: http, port: }] } | server.applicationConnectors[0].port | a whole number
                    server: { applicationConnectors: [{ type: h9 }] } | server.applicationConnectors[0].type | one of
                    logging: { appenders: [{ type: console, layout: { type: } }] } | logging.appenders[0].layout.type | one of access-json, access-text, json, text
                    """)
    void theErrorNamesTheKeyAndWhatItsValueMustBe(String text, String key, String expected) {
        assertThatThrownBy(() -> ReadConfiguration.of(text + "\n"))
                .hasMessageContaining(key)
                .hasMessageContaining("the value must be " + expected);
    }
}
