package dev.idem.dropwizard.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.idem.dropwizard.health.Readiness.Reason;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    private final Readiness readiness = new Readiness();

    @Test
    void aNodeThatStartsIsNotReady() {
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.reasons()).containsOnlyKeys(Reason.STARTING);

        readiness.end(Reason.STARTING);

        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.reasons()).isEmpty();
    }

    @Test
    void aNodeIsReadyWhenNoReasonIsLeft() {
        readiness.refuse(Reason.SCHEMA, "It is behind.");
        readiness.refuse(Reason.SCHEMA, "It is far behind.");
        readiness.end(Reason.STARTING);

        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.reasons()).containsExactly(entry(Reason.SCHEMA, "It is far behind."));

        readiness.end(Reason.SCHEMA);

        assertThat(readiness.isReady()).isTrue();
    }
}
