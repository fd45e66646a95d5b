package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.hook.ExecutingRequest;
import dev.idem.dropwizard.hook.ReplayedAnswer;
import dev.idem.dropwizard.hook.RequestHooks;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.glassfish.jersey.server.ManagedAsync;
import org.jdbi.v3.core.Handle;

/** Notes each execution and each replay of the application, and refuses what it is told to. */
@Path("/ledger")
@Idempotent
public final class Ledger implements RequestHooks {
    private final Map<String, List<String>> entries = new ConcurrentHashMap<>();
    private final Map<String, String> trouble = new ConcurrentHashMap<>();

    @Override
    public void beforeExecution(ExecutingRequest execution) throws Exception {
        IdempotencyContext request = execution.idempotency();
        if (request.key().isEmpty()) {
            return;
        }
        String key = request.key().get();
        note(
                key,
                "execution " + request.attempt() + " of " + execution.route() + " for "
                        + request.scope().orElseThrow() + ", numbered "
                        + request.fencingNumber().isPresent());
        switch (trouble.getOrDefault(key, "")) {
            case "refusal" -> throw new WebApplicationException("the ledger is closed", 402);
            case "own" -> throw new Vouchers.SoldOut("nothing", 410, 0);
            case "checked" -> throw new Exception("the ledger fails");
            case "secret" -> request.withhold();
            default -> {
                // It executes.
            }
        }
    }

    @Override
    public void afterReplay(ReplayedAnswer replay) {
        replay.key().ifPresent(key -> {
            note(
                    key,
                    "replay of " + replay.status() + " on " + replay.route() + " for "
                            + replay.scope().orElseThrow());
            if (trouble.containsKey(key)) {
                throw new AssertionError("the ledger fails");
            }
        });
    }

    private void note(String key, String entry) {
        entries.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(entry);
    }

    private String booked(IdempotencyContext idempotency) {
        idempotency.key().ifPresent(key -> note(key, "method"));
        return "booked";
    }

    @POST
    @Path("/plain")
    public String plain(@NotNull @QueryParam("what") String what, @Context IdempotencyContext idempotency) {
        return booked(idempotency);
    }

    @POST
    @Path("/atomic")
    @Idempotent(atomic = true)
    public String atomic(@Context Handle transaction, @Context IdempotencyContext idempotency) {
        return booked(idempotency);
    }

    @POST
    @Path("/stage")
    public CompletionStage<String> stage(@Context IdempotencyContext idempotency) {
        return CompletableFuture.supplyAsync(() -> booked(idempotency));
    }

    @POST
    @Path("/suspended")
    public void suspended(@Context IdempotencyContext idempotency, @Suspended AsyncResponse response) {
        var unused = CompletableFuture.runAsync(() -> response.resume(booked(idempotency)));
    }

    @POST
    @Path("/managed")
    @ManagedAsync
    public String managed(@Context IdempotencyContext idempotency) {
        return booked(idempotency);
    }

    @GET
    @Path("/{key}")
    public String entries(@PathParam("key") String key) {
        return String.join("; ", entries.getOrDefault(key, List.of()));
    }

    /** From now on there is trouble of this kind, or none. */
    @GET
    @Path("/{key}/{trouble}")
    public String trouble(@PathParam("key") String key, @PathParam("trouble") String kind) {
        trouble.put(key, kind);
        return kind;
    }
}
