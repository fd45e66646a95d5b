package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ManagedAsync;
import org.jdbi.v3.core.Handle;

/** Works on after its client has gone, or got another answer, until a test lets it arrive. */
@Path("/couriers")
@Produces(MediaType.APPLICATION_JSON)
@CourierFilters.Bound
public final class Couriers {
    private static final int SOON = 100;

    private final Map<String, AtomicInteger> sent = new ConcurrentHashMap<>();
    private final Map<String, Runnable> arrivals = new ConcurrentHashMap<>();

    @POST
    @Path("/stage/{name}")
    @Idempotent
    public CompletionStage<Response> stage(@PathParam("name") String name) {
        CompletableFuture<Response> stage = new CompletableFuture<>();
        send(name, () -> stage.complete(receipt(name)));
        return stage;
    }

    @POST
    @Path("/managed/{name}")
    @Idempotent
    @ManagedAsync
    public Response managed(@PathParam("name") String name) {
        CompletableFuture<Response> arrival = new CompletableFuture<>();
        send(name, () -> arrival.complete(receipt(name)));
        return arrival.join();
    }

    @POST
    @Path("/suspended/{name}")
    @Idempotent
    public void suspended(
            @PathParam("name") String name, @QueryParam("timeout") boolean timeout, @Suspended AsyncResponse response) {
        if (timeout) {
            response.setTimeout(SOON, TimeUnit.MILLISECONDS);
        }
        send(name, () -> response.resume(receipt(name)));
    }

    /** Writes to the servlet response, in time and late, and returns nothing else. */
    @POST
    @Path("/written/{name}")
    @Idempotent
    public void written(
            @PathParam("name") String name,
            @QueryParam("early") boolean early,
            @Context HttpServletResponse servlet,
            @Suspended AsyncResponse response) {
        response.setTimeoutHandler(late -> late.resume(Response.accepted().build()));
        response.setTimeout(SOON, TimeUnit.MILLISECONDS);
        if (early) {
            write(servlet, name);
        }
        send(name, () -> {
            if (!early) {
                write(servlet, name);
            }
            response.resume(Response.ok().build());
        });
    }

    /** Hands its work over, and fails. */
    @POST
    @Path("/careless/{name}")
    @Idempotent
    public void careless(
            @PathParam("name") String name,
            @QueryParam("failure") String failure,
            @Context UriInfo uri,
            @Context IdempotencyContext idempotency,
            @Suspended AsyncResponse response) {
        send(name, () -> response.resume(receipt(name)));
        RejectedExecutionException refused = new RejectedExecutionException("no thread is free");
        switch (String.valueOf(failure)) {
            case "closed", "nowhere" -> ask(uri, failure);
            case "mapped" -> throw new Vouchers.SoldOut("none", Response.Status.GONE.getStatusCode(), 1);
            case "refused" -> throw new IllegalStateException(refused);
            case "answered" -> throw new ServiceUnavailableException(1L, refused);
            case "said" -> {
                idempotency.tookNoEffect();
                throw refused;
            }
            default -> throw new IllegalStateException("the audit fails");
        }
    }

    /** The client throws what the server's methods throw, too. */
    private static void ask(UriInfo uri, String page) {
        Client client = ClientBuilder.newClient();
        try {
            client.target(uri.getBaseUri())
                    .path("couriers")
                    .path(page)
                    .request()
                    .get(String.class);
        } finally {
            client.close();
        }
    }

    @GET
    @Path("/closed")
    public Response closed() {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
    }

    @POST
    @Path("/careless/atomic/{name}")
    @Idempotent(atomic = true)
    public void carelessInTransaction(
            @PathParam("name") String name, @Context Handle transaction, @Suspended AsyncResponse response) {
        transaction.execute("CREATE TABLE IF NOT EXISTS couriers (name TEXT)");
        send(name, () -> {
            transaction.execute("INSERT INTO couriers VALUES (?)", name);
            response.resume(receipt(name));
        });
        throw new IllegalStateException("the audit fails");
    }

    /** Its row is checked when it is committed. */
    @POST
    @Path("/checked/{name}")
    @Idempotent(atomic = true)
    public void checked(
            @PathParam("name") String name, @Context Handle transaction, @Suspended AsyncResponse response) {
        send(name, () -> {
            transaction.execute("INSERT INTO checked_couriers VALUES (?)", name);
            response.resume(receipt(name));
        });
    }

    /** Is in the middle of a statement for longer than anybody waits. */
    @POST
    @Path("/asleep/{name}")
    @Idempotent(atomic = true)
    public void asleep(@PathParam("name") String name, @Context Handle transaction, @Suspended AsyncResponse response) {
        response.setTimeout(SOON, TimeUnit.MILLISECONDS);
        send(name, () -> transaction.execute("SELECT pg_sleep(60)"));
    }

    /** Never answers. In its own call it waits until its client has gone, if it is to be slow. */
    @POST
    @Path("/lost/suspended/{name}")
    @Idempotent
    public void lost(
            @PathParam("name") String name, @QueryParam("slow") boolean slow, @Suspended AsyncResponse response) {
        never(name, slow);
    }

    @POST
    @Path("/lost/stage/{name}")
    @Idempotent
    public CompletionStage<Response> lostStage(@PathParam("name") String name, @QueryParam("slow") boolean slow) {
        never(name, slow);
        return new CompletableFuture<>();
    }

    @POST
    @Path("/lost/atomic/{name}")
    @Idempotent(atomic = true)
    public void lostInTransaction(
            @PathParam("name") String name,
            @QueryParam("slow") boolean slow,
            @Context Handle transaction,
            @Suspended AsyncResponse response) {
        transaction.execute("SELECT 1");
        never(name, slow);
    }

    private void never(String name, boolean slow) {
        send(name, () -> {});
        if (slow) {
            CourierFilters.untilLost(name);
        }
    }

    private void send(String name, Runnable arrival) {
        sent.computeIfAbsent(name, unknown -> new AtomicInteger()).incrementAndGet();
        arrivals.put(name, arrival);
    }

    private static Response receipt(String name) {
        return Response.status(Response.Status.CREATED)
                .entity(Map.of("courier", name))
                .build();
    }

    private static void write(HttpServletResponse servlet, String text) {
        try {
            servlet.getOutputStream().print(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("/{name}/arrive")
    public String arrive(@PathParam("name") String name) {
        Objects.requireNonNull(arrivals.get(name)).run();
        return "{}";
    }

    @GET
    @Path("/{name}/sent")
    public int sent(@PathParam("name") String name) {
        return sent.getOrDefault(name, new AtomicInteger()).get();
    }

    @GET
    @Path("/{name}/entered")
    public boolean entered(@PathParam("name") String name) {
        return CourierFilters.hasEntered(name);
    }

    @GET
    @Path("/{name}/gone")
    public boolean gone(@PathParam("name") String name) {
        return CourierFilters.hasEnded(name);
    }
}
