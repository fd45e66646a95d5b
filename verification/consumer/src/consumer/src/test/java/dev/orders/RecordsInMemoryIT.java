package dev.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.testing.InMemoryIdempotency;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Entity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A resource alone is protected in one line, without servers. */
@ExtendWith(DropwizardExtensionsSupport.class)
final class RecordsInMemoryIT {
    private final InMemoryIdempotency idempotency = new InMemoryIdempotency();
    private final ResourceExtension resources = ResourceExtension.builder()
            .addResource(new Orders())
            .addProvider(idempotency)
            .build();

    @Path("/orders")
    public static final class Orders {
        private int last;

        @POST
        @Idempotent(anonymous = true)
        public String order() {
            last++;
            return "order " + last;
        }
    }

    @Test
    void aRepeatGetsTheFirstAnswer() {
        assertThat(order()).isEqualTo("order 1");
        assertThat(order()).isEqualTo("order 1");
        assertThat(idempotency.executions()).isEqualTo(1);
    }

    private String order() {
        return resources
                .target("/orders")
                .request()
                .header("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324")
                .post(Entity.text(""), String.class);
    }
}
