package dev.idem.dropwizard.testing.example;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

@Path("/payments")
public final class Payments {
    private final Provider provider;

    /** Who charges. */
    public interface Provider {
        /** @param key equal for each attempt of one payment */
        String charge(String amount, String key);
    }

    public Payments(Provider provider) {
        this.provider = provider;
    }

    @POST
    @Idempotent(anonymous = true)
    public String pay(String amount, @Context IdempotencyContext idempotency) {
        return provider.charge(amount, idempotency.deriveKey("charge"));
    }
}
