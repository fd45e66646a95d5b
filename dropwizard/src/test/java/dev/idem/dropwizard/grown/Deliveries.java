package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** Answers later, when the test asks for it with {@code GET}: often only after the timeout. */
@Path("/deliveries")
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
public final class Deliveries {
    private static final int SOON = 100;

    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, AsyncResponse> under = new ConcurrentHashMap<>();
    private final Map<String, Handle> transactions = new ConcurrentHashMap<>();

    @POST
    @Path("/{name}")
    @Idempotent
    @Envelope.Around
    public void send(
            @PathParam("name") String name,
            @QueryParam("timeout") @DefaultValue("none") String timeout,
            @Context HttpServletRequest servlet,
            @Suspended AsyncResponse response) {
        sent.incrementAndGet();
        under.put(name, response);
        switch (timeout) {
            case "accepted" ->
                response.setTimeoutHandler(late -> late.resume(
                        Response.accepted(Map.of("state", "under way")).build()));
            case "captured" -> response.setTimeoutHandler(late -> response.resume(Map.of("state", "under way")));
            case "cancelled" -> response.setTimeoutHandler(late -> late.cancel(7));
            case "gone" -> servlet.getAsyncContext().complete(); // as the server does when a client resets its stream
            case "failing" ->
                response.setTimeoutHandler(late -> {
                    throw new IllegalStateException("the handler fails");
                });
            case "elsewhere" ->
                response.setTimeoutHandler(late -> {
                    var unused = CompletableFuture.runAsync(() -> late.resume(new WebApplicationException(504)));
                });
            case "extended" ->
                response.setTimeoutHandler(late -> {
                    late.setTimeoutHandler(again -> again.resume(Map.of("state", "still under way")));
                    late.setTimeout(SOON, TimeUnit.MILLISECONDS);
                });
            default -> {
                // Jersey's own: 503.
            }
        }
        if (!timeout.equals("never") && !timeout.equals("gone")) {
            response.setTimeout(SOON, TimeUnit.MILLISECONDS);
        }
    }

    @POST
    @Path("/atomic/{name}")
    @Idempotent(atomic = true)
    public void sendAtomically(
            @PathParam("name") String name, @Context Handle transaction, @Suspended AsyncResponse response) {
        sent.incrementAndGet();
        transaction.execute("CREATE TABLE IF NOT EXISTS deliveries (name TEXT)");
        transaction.execute("INSERT INTO deliveries VALUES (?)", name);
        transactions.put(name, transaction);
        under.put(name, response);
        response.setTimeout(SOON, TimeUnit.MILLISECONDS);
    }

    /** @return whether the client got this answer */
    @GET
    @Path("/{name}/{answer}")
    public String arrive(@PathParam("name") String name, @PathParam("answer") String answer) {
        AsyncResponse response = Objects.requireNonNull(under.get(name));
        Handle transaction = transactions.get(name);
        if (transaction != null) {
            transaction.execute("INSERT INTO deliveries VALUES (?)", name + ' ' + answer);
        }
        return String.valueOf(
                switch (answer) {
                    case "entity" -> response.resume(Map.of("number", sent.get()));
                    case "response" ->
                        response.resume(Response.created(URI.create("/deliveries/" + name))
                                .header("X-Letter", answer)
                                .entity(Map.of("number", sent.get()))
                                .build());
                    case "empty" -> response.resume(Response.noContent().build());
                    case "conflict" -> response.resume(new WebApplicationException(409));
                    case "busy" -> response.resume(new WebApplicationException(503));
                    case "cancel" -> response.cancel();
                    default -> response.resume(new IllegalStateException(answer));
                });
    }

    @GET
    @Path("/sent")
    public int sent() {
        return sent.get();
    }
}
