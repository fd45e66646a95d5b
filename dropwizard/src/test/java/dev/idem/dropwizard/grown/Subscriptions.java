package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.atomic.AtomicInteger;

/** Its callers have no header to send a key in. */
@Path("/subscriptions")
@Produces(MediaType.TEXT_PLAIN)
public final class Subscriptions {
    private final AtomicInteger count = new AtomicInteger();

    private String executed(IdempotencyContext idempotency) {
        return "execution " + count.incrementAndGet() + " of "
                + idempotency.key().orElse("no key");
    }

    @POST
    @Idempotent(keyFrom = "/event/id", policy = "any")
    public String byBody(String body, @Context IdempotencyContext idempotency) {
        return executed(idempotency);
    }

    @POST
    @Path("required")
    @Idempotent(keyFrom = "/event/id", policy = "required")
    public String byBodyAlways(String body, @Context IdempotencyContext idempotency) {
        return executed(idempotency);
    }

    /** By the policy. */
    @POST
    @Path("query")
    @Idempotent(policy = "byQuery")
    public String byQuery(@Context IdempotencyContext idempotency) {
        return executed(idempotency);
    }

    @POST
    @Path("header")
    @Idempotent(keyFrom = "header", policy = "byQuery")
    public String byHeader(@Context IdempotencyContext idempotency) {
        return executed(idempotency);
    }
}
