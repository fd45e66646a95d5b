package dev.idem.conformance.app;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Does as it is told; docs/conformance.md has the contract. */
@Path("/probe/{anything: .+}")
@Idempotent
@Consumes({
    MediaType.APPLICATION_JSON,
    "application/merge-patch+json",
    MediaType.APPLICATION_FORM_URLENCODED,
    MediaType.MULTIPART_FORM_DATA,
    MediaType.TEXT_PLAIN,
    MediaType.APPLICATION_OCTET_STREAM
})
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
public final class Probe {
    private final Runs runs;

    Probe(Runs runs) {
        this.runs = runs;
    }

    @POST
    public Response post(@BeanParam Orders orders, byte @Nullable [] body) throws InterruptedException {
        return orders.execute(runs, body);
    }

    @PUT
    public Response put(@BeanParam Orders orders, byte @Nullable [] body) throws InterruptedException {
        return orders.execute(runs, body);
    }

    @PATCH
    public Response patch(@BeanParam Orders orders, byte @Nullable [] body) throws InterruptedException {
        return orders.execute(runs, body);
    }

    @DELETE
    public Response delete(@BeanParam Orders orders, byte @Nullable [] body) throws InterruptedException {
        return orders.execute(runs, body);
    }

    @GET
    public Response get(@BeanParam Orders orders) throws InterruptedException {
        return orders.execute(runs, null);
    }
}
