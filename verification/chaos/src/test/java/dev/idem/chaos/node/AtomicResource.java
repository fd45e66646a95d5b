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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jspecify.annotations.Nullable;

/** Takes effect in PostgreSQL, in the transaction that completes the record. */
@Path("/atomic")
public final class AtomicResource {
    private final int node;
    private final String insert = ClasspathSqlLocator.removingComments().locate("dev/idem/chaos/node/insert_effect");

    AtomicResource(int node) {
        this.node = node;
    }

    @POST
    @Idempotent(atomic = true)
    @Produces(MediaType.TEXT_PLAIN)
    public Response create(
            @Context IdempotencyContext context,
            @Context Handle transaction,
            @HeaderParam(ThinkTime.HEADER) @Nullable Integer think)
            throws InterruptedException {
        Instant entered = Instant.now();
        UUID key = UUID.fromString(context.key().orElseThrow());
        UUID id = UUID.randomUUID();
        ThinkTime time = new ThinkTime(key, context.attempt(), think);
        time.think();
        transaction
                .createUpdate(insert)
                .bind("key", key)
                .bind("id", id)
                .bind("node", node)
                .bind("fencing", context.fencingNumber().orElseThrow())
                .bind("attempt", context.attempt())
                .bind("entered", OffsetDateTime.ofInstant(entered, ZoneOffset.UTC))
                .execute();
        time.think();
        return Response.status(Response.Status.CREATED).entity(id.toString()).build();
    }
}
