package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes the idempotency of its requests at all places that Jersey offers. */
final class Charges {
    private Charges() {}

    private static Map<String, String> charge(@Nullable IdempotencyContext given, IdempotencyContext parameter) {
        IdempotencyContext present = given == null ? IdempotencyContext.unprotected() : given;
        return Map.of(
                "key", present.key().orElse("none"),
                "charge", present.deriveKey("charge"),
                "same", String.valueOf(present.deriveKey("charge").equals(parameter.deriveKey("charge"))));
    }

    /** One instance for each request. */
    @Path("/charges/field")
    @Produces(MediaType.APPLICATION_JSON)
    @Idempotent
    public static final class ByField {
        @Context
        private @Nullable IdempotencyContext present;

        @POST
        public Map<String, String> charge(@Context IdempotencyContext parameter) {
            return Charges.charge(present, parameter);
        }
    }

    /** The same. */
    @Path("/charges/inject")
    @Produces(MediaType.APPLICATION_JSON)
    @Idempotent
    public static final class ByInject {
        @Inject
        private @Nullable IdempotencyContext present;

        @POST
        public Map<String, String> charge(@Context IdempotencyContext parameter) {
            return Charges.charge(present, parameter);
        }
    }

    /** The same. */
    @Path("/charges/constructor")
    @Produces(MediaType.APPLICATION_JSON)
    @Idempotent
    public static final class ByConstructor {
        private final IdempotencyContext present;

        public ByConstructor(@Context IdempotencyContext present) {
            this.present = present;
        }

        @POST
        public Map<String, String> charge(@Context IdempotencyContext parameter) {
            return Charges.charge(present, parameter);
        }
    }

    /** One instance for all requests. */
    @Path("/charges/instance")
    @Produces(MediaType.APPLICATION_JSON)
    @Idempotent
    public static final class Instance {
        @Context
        private @Nullable IdempotencyContext present;

        @POST
        public Map<String, String> charge(@Context IdempotencyContext parameter) {
            return Charges.charge(present, parameter);
        }

        /** @return what the field says in another thread */
        @POST
        @Path("/elsewhere")
        public Map<String, String> elsewhere(@Context IdempotencyContext parameter) throws InterruptedException {
            IdempotencyContext field = Objects.requireNonNull(present);
            String known = parameter.deriveKey("charge");
            try {
                String there = CompletableFuture.supplyAsync(() -> parameter.deriveKey("charge"))
                        .get();
                return Map.of(
                        "parameter", String.valueOf(known.equals(there)),
                        "field",
                                CompletableFuture.supplyAsync(field::attempt)
                                        .get()
                                        .toString());
            } catch (ExecutionException e) {
                return Map.of("parameter", "true", "field", String.valueOf(e.getCause()));
            }
        }
    }

    /** It asks before the request has been claimed. */
    @Path("/charges/early")
    @Idempotent
    public static final class TooEarly {
        private final String said;

        public TooEarly(@Context IdempotencyContext present) {
            String answer;
            try {
                answer = present.deriveKey("charge");
            } catch (IllegalStateException e) {
                answer = String.valueOf(e.getMessage());
            }
            said = answer;
        }

        @POST
        public String charge() {
            return said;
        }
    }
}
