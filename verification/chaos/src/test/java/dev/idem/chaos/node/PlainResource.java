package dev.idem.chaos.node;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes effect outside of all stores. */
@Path("/plain")
public final class PlainResource {
    private final int node;
    private final LedgerClient ledger;

    PlainResource(int node, LedgerClient ledger) {
        this.node = node;
        this.ledger = ledger;
    }

    @POST
    @Idempotent
    @Produces(MediaType.TEXT_PLAIN)
    public Response create(@Context IdempotencyContext context, @HeaderParam(ThinkTime.HEADER) @Nullable Integer think)
            throws IOException, InterruptedException {
        Instant entered = Instant.now();
        UUID key = UUID.fromString(context.key().orElseThrow());
        UUID id = UUID.randomUUID();
        ThinkTime time = new ThinkTime(key, context.attempt(), think);
        time.think();
        long fencing = context.fencingNumber().orElseThrow();
        ledger.tell(new EffectReport(key, id, node, fencing, context.attempt(), entered));
        time.think();
        return Response.status(Response.Status.CREATED).entity(id.toString()).build();
    }
}
