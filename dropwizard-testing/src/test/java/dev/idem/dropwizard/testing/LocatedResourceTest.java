package dev.idem.dropwizard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.dropwizard.Idempotent;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A method behind a sub-resource locator is what the entry for its own path says. */
@ExtendWith(DropwizardExtensionsSupport.class)
final class LocatedResourceTest {
    private final ResourceExtension resources = ResourceExtension.builder()
            .addResource(new Books())
            .addProvider(new InMemoryIdempotency()
                    .transactions(Jdbi.create("jdbc:h2:mem:located"))
                    .configured("routes: [{ path: /**, protect: false },"
                            + " { path: '/books/{book}/transfers', anonymous: true }]"))
            .build();

    @Path("/books/{book}")
    public static final class Books {
        @Path("transfers")
        public Transfers transfers() {
            return new Transfers();
        }

        @Path("archive")
        public Object archive() {
            return new Archive();
        }
    }

    public static final class Transfers {
        @POST
        @Idempotent(atomic = true)
        public String transfer(@Context Handle transaction) {
            return UUID.randomUUID().toString();
        }
    }

    public static final class Archive {
        @POST
        @Idempotent(anonymous = true)
        public String post() {
            return UUID.randomUUID().toString();
        }
    }

    @Test
    void oneThatIsSwitchedOffElsewhereAnswers() {
        try (Response first = post("/books/1/transfers");
                Response repeat = post("/books/1/transfers")) {
            assertThat(first.getStatus()).isEqualTo(200);
            assertThat(repeat.readEntity(String.class)).isEqualTo(first.readEntity(String.class));
        }
    }

    @Test
    void theOthersAreSwitchedOff() {
        try (Response first = post("/books/1/archive");
                Response repeat = post("/books/1/archive")) {
            assertThat(first.getStatus()).isEqualTo(200);
            assertThat(repeat.readEntity(String.class)).isNotEqualTo(first.readEntity(String.class));
        }
    }

    private Response post(String path) {
        return resources
                .target(path)
                .request()
                .header("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324")
                .post(Entity.text(""));
    }
}
