package dev.idem.dropwizard.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.Policy;
import dev.idem.core.record.Consistency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyConfigurationTest {

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        IdempotencyConfiguration settings = read("{}");

        assertThat(settings).isEqualTo(IdempotencyConfiguration.defaults());
        assertThat(settings.isEnabled()).isTrue();
        assertThat(settings.consistencyOrDefault()).isEqualTo(Consistency.FAST);
        assertThat(settings.rolloutOrDefault()).isEqualTo(RolloutConfiguration.EVERYONE);
        assertThat(settings.policyOrDefault().toPolicy(Consistency.FAST)).isEqualTo(Policy.DEFAULT);
        assertThat(settings.maxWaitingOrDefault()).isEqualTo(256);
    }

    @Test
    void sectionsThatAreThereAndEmptyHaveTheirDefaults() throws Exception {
        IdempotencyConfiguration settings = read("{ rollout: , policy: }");

        assertThat(settings.rolloutOrDefault().percentOrDefault()).isEqualTo(100);
        assertThat(settings.policyOrDefault().toPolicy(Consistency.FAST)).isEqualTo(Policy.DEFAULT);
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
        assertThat(settings.consistencyOrDefault()).isEqualTo(Consistency.STRICT);
        assertThat(settings.rolloutOrDefault().percentOrDefault()).isEqualTo(5);
        assertThat(settings.policyOrDefault().toPolicy(Consistency.FAST).keyRequired())
                .isTrue();
        assertThat(settings.maxWaitingOrDefault()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "maxWaiting: -1, idempotency.maxWaiting must be 0 or more",
        "consistency: eventual, consistency",
        "enabled: maybe, enabled",
        "'policy: { wait: 1h }', policy.wait must be from 0s to 5m",
        "'policy: { keyFormat: ulid }', policy.keyFormat",
        "'policy: { waitt: 1s }', Unrecognized field at: policy.waitt",
        "'rollout: { percent: 200 }', rollout.percent must be 0 to 100",
        "retries: 3, Unrecognized field at: retries",
    })
    void aWrongValueStopsTheStartAndIsNamed(String yaml, String message) {
        new Yaml(yaml).assertRefused(IdempotencyConfiguration.class, message);
    }

    private static IdempotencyConfiguration read(String yaml) throws Exception {
        return new Yaml(yaml).as(IdempotencyConfiguration.class);
    }
}
