package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text where a list stands, a list where a number stands: the error says what the value must be. */
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
                    """)
    void theErrorNamesTheKeyAndWhatItsValueMustBe(String text, String key, String expected) {
        assertThatThrownBy(() -> ReadConfiguration.of(text + "\n"))
                .hasMessageContaining(key)
                .hasMessageContaining("the value must be " + expected);
    }
}
