package dev.idem.dropwizard.testing.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.dropwizard.testing.InMemoryIdempotency;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DropwizardExtensionsSupport.class)
final class PaymentsTest {
    private static final String ONE = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    private final List<String> charged = new ArrayList<>();
    private final InMemoryIdempotency idempotency = new InMemoryIdempotency();
    private final ResourceExtension resources = ResourceExtension.builder()
            .addResource(new Payments((amount, key) -> {
                charged.add(key);
                return "charged " + amount;
            }))
            .addProvider(idempotency)
            .build();

    @Test
    void aRepeatGetsTheFirstAnswer() {
        Response first = pay(ONE, "5 EUR");
        Response repeat = pay(ONE, "5 EUR");

        assertThat(repeat.readEntity(String.class)).isEqualTo(first.readEntity(String.class));
        assertThat(repeat.getHeaderString("Idempotent-Replayed")).isEqualTo("true");
        assertThat(idempotency.executions()).isEqualTo(1);
    }

    @Test
    void theSecondAttemptChargesUnderTheSameKey() {
        idempotency.killNextOwner();
        pay(ONE, "5 EUR");
        pay(ONE, "5 EUR");

        assertThat(charged).hasSize(2).containsOnly(charged.get(0));
        assertThat(idempotency.record(ONE).orElseThrow().attempt()).isEqualTo(2);
    }

    private Response pay(String key, String amount) {
        return resources
                .target("/payments")
                .request()
                .header("Idempotency-Key", key)
                .post(Entity.text(amount));
    }
}
