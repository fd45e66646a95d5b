package dev.idem.dropwizard.testing;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** Resources of every kind that the tests of this module protect. */
final class Accounts {
    private Accounts() {}

    /** The context is a parameter. */
    @Path("/accounts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public static final class OfParameter {
        private final AtomicInteger calls = new AtomicInteger();
        final BlockingQueue<AsyncResponse> suspended = new LinkedBlockingQueue<>();

        @POST
        @Idempotent
        public Response open(Map<String, String> account, @Context IdempotencyContext idempotency) {
            return Response.status(201)
                    .header("X-Call", calls.incrementAndGet())
                    .entity(Map.of(
                            "owner", account.get("owner"),
                            "key", idempotency.key().orElse("none"),
                            "derived", idempotency.deriveKey("open"),
                            "attempt", idempotency.attempt()))
                    .build();
        }

        @POST
        @Path("/later")
        @Idempotent(anonymous = true)
        public void later(@Suspended AsyncResponse response) {
            response.setTimeout(1, TimeUnit.MILLISECONDS);
            suspended.add(response);
        }
    }

    /** A library's, which knows nothing of the layer. */
    @Path("/plain")
    public static final class Plain {
        @POST
        public String post() {
            return UUID.randomUUID().toString();
        }
    }

    /** It works with the servlet's own objects. */
    @Path("/servlet")
    public static final class OfServlet {
        @POST
        @Idempotent(anonymous = true)
        public void echo(@Context HttpServletRequest request, @Context HttpServletResponse response)
                throws IOException {
            response.setStatus(202);
            response.addHeader("X-Direct", "yes");
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }

    /** The context is a field. */
    @Path("/by-field")
    @SuppressWarnings("NullAway.Init") // Jersey sets it
    public static final class OfField {
        @Context
        private IdempotencyContext idempotency;

        @POST
        @Idempotent(anonymous = true)
        public String open() {
            return idempotency.key().orElse("none")
                    + idempotency.fencingNumber().getAsLong();
        }
    }

    /** The context is an argument of the constructor. */
    @Path("/by-constructor")
    public static final class OfConstructor {
        private final IdempotencyContext idempotency;

        public OfConstructor(@Context IdempotencyContext idempotency) {
            this.idempotency = idempotency;
        }

        @POST
        @Idempotent(anonymous = true)
        public String open() {
            return idempotency.key().orElse("none")
                    + idempotency.fencingNumber().getAsLong();
        }
    }

    /** Its effect is a row. */
    @Path("/transfers")
    public static final class Transfers {
        @POST
        @Idempotent(atomic = true, anonymous = true)
        public Response transfer(String cents, @Context Handle transaction) {
            transaction.execute("INSERT INTO transfers (cents) VALUES (?)", Integer.parseInt(cents));
            if (cents.startsWith("-")) {
                throw new IllegalStateException("thrown after the row was written");
            }
            return cents.equals("0")
                    ? Response.status(503).entity("not stored").build()
                    : Response.ok(cents).build();
        }
    }
}
