package dev.idem.dropwizard;

import jakarta.validation.constraints.NotEmpty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts its effects, and answers in all the ways that a resource can. */
@Path("/effects")
@Idempotent
public final class Effects {
    private final AtomicInteger count = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    int count() {
        return count.get();
    }

    void forget() {
        count.set(0);
    }

    /** Requests to {@code /effects/slow} wait until the returned gate opens. */
    CountDownLatch close() {
        gate = new CountDownLatch(1);
        return gate;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(@Nullable String body) {
        int number = count.incrementAndGet();
        return Response.created(URI.create("/effects/" + number))
                .header("X-Part", "one")
                .header("X-Part", "two")
                .cookie(new NewCookie.Builder("session").value("secret").build())
                .entity(Map.of("number", number, "body", body == null ? "" : body))
                .build();
    }

    @POST
    @Path("/status/{status}")
    public Response status(@PathParam("status") int status) {
        return Response.status(status)
                .entity("effect " + count.incrementAndGet())
                .build();
    }

    /** The current state is "2". */
    @PUT
    @Path("/guarded")
    public Response guarded(@HeaderParam("If-Match") String condition) {
        int number = count.incrementAndGet();
        return condition.equals("\"2\"")
                ? Response.ok("effect " + number).tag("3").build()
                : Response.status(412).tag("2").build();
    }

    @POST
    @Path("/empty")
    public void empty() {
        count.incrementAndGet();
    }

    @POST
    @Path("/slow")
    public String slow() throws InterruptedException {
        int number = count.incrementAndGet();
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
        }
        return "effect " + number;
    }

    @POST
    @Path("/bytes")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bytes(@QueryParam("size") int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + count.get());
        }
        count.incrementAndGet();
        return bytes;
    }

    @POST
    @Path("/stream")
    @Produces(MediaType.TEXT_PLAIN)
    public StreamingOutput stream() {
        int number = count.incrementAndGet();
        return out -> {
            out.write(("effect " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.flush();
            out.write(" and more".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
    }

    @POST
    @Path("/valid")
    public String valid(@NotEmpty @QueryParam("name") String name) {
        return name + ' ' + count.incrementAndGet();
    }

    @POST
    @Path("/throws")
    public String fail() {
        throw new IllegalStateException("effect " + count.incrementAndGet());
    }

    @POST
    @Path("/unwritable")
    @Produces(MediaType.TEXT_PLAIN)
    public StreamingOutput unwritable() {
        count.incrementAndGet();
        return out -> {
            throw new java.io.IOException("the answer cannot be written");
        };
    }

    @POST
    @Path("/json")
    @Consumes(MediaType.APPLICATION_JSON)
    public String json(Map<String, Object> body) {
        return body.size() + " members, effect " + count.incrementAndGet();
    }

    @POST
    @Path("/context")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> context(@Context IdempotencyContext context) {
        count.incrementAndGet();
        return Map.of(
                "key", context.key().orElse("none"),
                "scope", context.scope().map(Object::toString).orElse("none"),
                "fencing", context.fencingNumber().orElse(0),
                "attempt", context.attempt(),
                "charge", context.deriveKey("charge"));
    }

    @DELETE
    @Path("/{id}")
    public void delete(@PathParam("id") int id) {
        count.incrementAndGet();
    }

    @GET
    public int look() {
        return count.incrementAndGet();
    }
}
