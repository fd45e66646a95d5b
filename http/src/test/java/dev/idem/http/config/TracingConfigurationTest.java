package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TracingConfigurationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint: localhost:4318                                | idempotency.tracing.endpoint must be a URL",
                "endpoint: 'ftp://localhost/v1/traces'                   | idempotency.tracing.endpoint must be a URL",
                "endpoint: 'http://ann:secret@localhost/v1/traces'       | idempotency.tracing.endpoint must be a URL",
                "sampled: 1.5                                            | idempotency.tracing.sampled must be 0.0 to 1.0",
                "sampled: -0.1                                           | idempotency.tracing.sampled must be 0.0 to 1.0",
                "serviceName: ''                                         | idempotency.tracing.serviceName must be",
                "timeout: 2m                                             | idempotency.tracing.timeout must be 1ms to 1m",
                "headers: { 'a b': c }                                   | idempotency.tracing.headers must be header names",
                "headers: { a: \"b\\nc\" }                               | idempotency.tracing.headers must be header names",
            })
    void whatIsWrongIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> new Yaml("{ tracing: { " + yaml + " } }").as(IdempotencyConfiguration.class))
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource("'tracing: { headers: { Authorization: hush } }'")
    void secretsAreNotShown(String yaml) throws Exception {
        assertThat(new Yaml("{ " + yaml + " }")
                        .as(IdempotencyConfiguration.class)
                        .toString())
                .contains("Authorization")
                .doesNotContain("hush");
    }
}
