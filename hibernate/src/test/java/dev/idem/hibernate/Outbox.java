package dev.idem.hibernate;

import dev.idem.dropwizard.Idempotent;
import dev.idem.hibernate.example.Purchase;
import jakarta.transaction.Synchronization;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;

/** Works right before the commit, or on another thread than the one that answers. */
@Path("/outbox/{note}")
@Idempotent(atomic = true, anonymous = true)
@Produces(MediaType.APPLICATION_JSON)
public final class Outbox {
    private final CountDownLatch handedOver = new CountDownLatch(1);
    private final List<Integer> outcomes = new CopyOnWriteArrayList<>();

    /** What synchronizations were told after the end. */
    @GET
    @Path("/outcomes")
    public List<Integer> outcomes() {
        return outcomes;
    }

    /** Writes a line in its synchronization. */
    @POST
    @Path("/synchronized")
    public Purchase synchronizedLine(@PathParam("note") String note, @Context Session session) {
        return before(note, session, () -> session.persist(new Purchase(note + "/line", List.of())));
    }

    /** Changes what is to be written. */
    @POST
    @Path("/changed")
    public Purchase changed(@PathParam("note") String note, @Context Session session) {
        Purchase added = new Purchase(note, List.of());
        session.persist(added);
        return before(note + "/other", session, () -> added.setNote(note + "/changed"));
    }

    @POST
    @Path("/refused")
    public Purchase refused(@PathParam("note") String note, @Context Session session) {
        return before(note, session, () -> {
            throw new IllegalStateException("not now");
        });
    }

    @POST
    @Path("/intercepted")
    public Purchase intercepted(@PathParam("note") String note, @Context Session session) {
        return before(note + "/intercepted", session, () -> {});
    }

    private Purchase before(String note, Session session, Runnable commit) {
        session.getTransaction().registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                commit.run();
            }

            @Override
            public void afterCompletion(int status) {
                outcomes.add(status);
            }
        });
        Purchase added = new Purchase(note, List.of());
        session.persist(added);
        return added;
    }

    /** Answered on the thread of the server, later than its method has returned. */
    @POST
    @Path("/stage")
    public CompletionStage<Purchase> stage(@PathParam("note") String note, @Context Session session) {
        Purchase added = new Purchase(note, List.of());
        session.persist(added);
        return CompletableFuture.completedFuture(added);
    }

    /** Hands its work over, and fails. */
    @POST
    @Path("/careless")
    public void careless(@PathParam("note") String note, @Context Session session, @Suspended AsyncResponse response) {
        CompletableFuture<?> unused = CompletableFuture.supplyAsync(() -> {
                    try {
                        return handedOver.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .thenAccept(open -> session.persist(new Purchase(note, List.of())))
                .whenComplete((done, failure) -> response.resume(failure == null ? "{\"late\":true}" : failure));
        throw new IllegalStateException("the audit fails");
    }

    /** Lets the work that was handed over go on. */
    @GET
    @Path("/go-on")
    public String goOn() {
        handedOver.countDown();
        return "{}";
    }
}
