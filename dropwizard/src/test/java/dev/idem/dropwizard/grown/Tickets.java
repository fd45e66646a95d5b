package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources behind filters that have no priority. */
@Path("/tickets")
public final class Tickets {
    private final AtomicInteger count = new AtomicInteger();

    @POST
    @ApiKeyFilter.Required
    @Idempotent(anonymous = true)
    public String buy() {
        return "ticket " + count.incrementAndGet();
    }

    @POST
    @Path("/named")
    @LateUserFilter.Known
    @Idempotent
    public String buyNamed() {
        return "ticket " + count.incrementAndGet();
    }
}
