package dev.idem.benchmarks.http.app;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Nothing of ours stands around it. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PlainResource {
    private final Orders orders;

    PlainResource(Orders orders) {
        this.orders = orders;
    }

    @POST
    public OrderAnswer accept(OrderRequest request) throws InterruptedException {
        return orders.accept(request);
    }
}
