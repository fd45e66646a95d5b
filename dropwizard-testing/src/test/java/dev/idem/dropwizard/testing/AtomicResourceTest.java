package dev.idem.dropwizard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An atomic method works in a real transaction, with its record in memory. */
@ExtendWith(DropwizardExtensionsSupport.class)
final class AtomicResourceTest {
    private static final String ONE = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    private final Jdbi database = Jdbi.create("jdbc:h2:mem:transfers;DB_CLOSE_DELAY=-1");
    private final InMemoryIdempotency idempotency = new InMemoryIdempotency().transactions(database);
    private final ResourceExtension resources = ResourceExtension.builder()
            .addResource(new Accounts.Transfers())
            .addProvider(idempotency)
            .build();

    AtomicResourceTest() {
        database.useHandle(handle ->
                handle.execute("CREATE TABLE transfers (cents int CHECK (cents <> 13), PRIMARY KEY (cents))"));
    }

    @AfterEach
    void drop() {
        database.useHandle(handle -> handle.execute("DROP TABLE transfers"));
    }

    @Test
    void effectAndRecordAreCommittedTogether() {
        assertThat(transfer(ONE, "5").getStatus()).isEqualTo(200);
        assertThat(transfer(ONE, "5").getHeaderString("Idempotent-Replayed")).isEqualTo("true");

        assertThat(rows()).containsExactly(5);
    }

    @Test
    void whatIsNotStoredIsRolledBack() {
        assertThat(transfer(ONE, "0").getStatus()).isEqualTo(503);

        assertThat(rows()).isEmpty();
        assertThat(idempotency.record(ONE)).isEmpty();
    }

    @Test
    void whatIsThrownIsRolledBack() {
        assertThat(transfer(ONE, "-1").getStatus()).isEqualTo(500);

        assertThat(rows()).isEmpty();
        assertThat(idempotency.record(ONE)).isEmpty();
    }

    @Test
    void aRowThatTheDatabaseRefusesLeavesTheKeyFree() {
        assertThat(transfer(ONE, "13").getStatus()).isEqualTo(500);

        assertThat(idempotency.record(ONE)).isEmpty();
    }

    @Test
    void anOwnerThatDiesCommitsNothing() {
        idempotency.killNextOwner();
        transfer(ONE, "5");
        assertThat(rows()).isEmpty();

        assertThat(transfer(ONE, "5").getStatus()).isEqualTo(200);

        assertThat(rows()).containsExactly(5);
    }

    @Test
    void withoutADatabaseTheStartSaysWhatToAdd() {
        ResourceExtension without = ResourceExtension.builder()
                .addResource(new Accounts.Transfers())
                .addProvider(new InMemoryIdempotency())
                .build();

        assertThatThrownBy(without::before).hasStackTraceContaining("new InMemoryIdempotency().transactions(jdbi)");
    }

    private Response transfer(String key, String cents) {
        return resources
                .target("/transfers")
                .request()
                .header("Idempotency-Key", key)
                .post(Entity.text(cents));
    }

    private List<Integer> rows() {
        try (Handle handle = database.open()) {
            return handle.createQuery("SELECT cents FROM transfers")
                    .mapTo(Integer.class)
                    .list();
        }
    }
}
