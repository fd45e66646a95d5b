package dev.idem.dropwizard.example;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;

@Path("/orders")
public final class Orders {
    @POST
    @Idempotent(anonymous = true) // by default a key belongs to the authenticated user
    public String order() {
        return "order " + UUID.randomUUID();
    }
}
