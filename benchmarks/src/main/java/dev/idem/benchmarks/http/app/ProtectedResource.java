package dev.idem.benchmarks.http.app;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Takes effect once, says the layer. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ProtectedResource {
    private final Orders orders;

    ProtectedResource(Orders orders) {
        this.orders = orders;
    }

    @POST
    @Idempotent(anonymous = true)
    public OrderAnswer accept(OrderRequest request) throws InterruptedException {
        return orders.accept(request);
    }
}
