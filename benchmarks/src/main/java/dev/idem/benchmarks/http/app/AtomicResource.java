package dev.idem.benchmarks.http.app;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Its record is completed in a transaction of the database. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AtomicResource {
    private final Orders orders;

    AtomicResource(Orders orders) {
        this.orders = orders;
    }

    @POST
    @Idempotent(anonymous = true, atomic = true)
    public OrderAnswer accept(OrderRequest request) throws InterruptedException {
        return orders.accept(request);
    }
}
