package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with an entry of {@code idempotency.routes} stops the start. */
@ExtendWith(ServersExtension.class)
final class ConfiguredRoutesStartIT {

    @Test
    void anEntryForNoMethod(TestRedis redis, TestDatabase database) {
        String routes = "routes: [{ path: /transfer }]";

        assertThatThrownBy(() -> TestService.start(redis, database, routes, new Transfers())
                        .close())
                .hasStackTraceContaining("idempotency.routes[0] must be for a method of this application")
                .hasStackTraceContaining("There are DELETE ");
    }

    @Test
    void anAtomicMethodThatIsSwitchedOff(TestRedis redis, TestDatabase database) {
        String routes = "routes: [{ path: /transfers, protect: false }]";

        assertThatThrownBy(() -> TestService.start(redis, database, routes, new Transfers())
                        .close())
                .hasStackTraceContaining("Transfers.transfer(")
                .hasStackTraceContaining("idempotency.routes[0].protect must not be false for public");
    }

    @Path("/transfers")
    public static final class Transfers {
        @POST
        @Idempotent(atomic = true)
        public String transfer(@Context Handle transaction) {
            return "transferred";
        }
    }
}
