package dev.idem.hibernate;

import dev.idem.dropwizard.Idempotent;
import dev.idem.hibernate.example.Purchase;
import dev.idem.hibernate.example.ShopApplication.PurchaseDao;
import io.dropwizard.hibernate.UnitOfWork;
import io.dropwizard.hibernate.UnitOfWorkAwareProxyFactory;
import jakarta.persistence.EntityManager;
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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.context.internal.ManagedSessionContext;
import org.jdbi.v3.core.Handle;

/** Works through Hibernate in all the ways that an atomic method can. */
@Path("/shelf/{note}")
@Idempotent(atomic = true, anonymous = true)
@Produces(MediaType.APPLICATION_JSON)
public final class Shelf {
    private final SessionFactory factory;
    private final PurchaseDao purchases;
    private final Service service;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Shelf(SessionFactory factory) {
        this.factory = factory;
        this.purchases = new PurchaseDao(factory);
        this.service = new UnitOfWorkAwareProxyFactory("hibernate", factory)
                .create(Service.class, PurchaseDao.class, purchases);
    }

    /** Requests to {@code /slow} write, then wait until the returned gate opens. */
    CountDownLatch close() {
        gate = new CountDownLatch(1);
        return gate;
    }

    @POST
    @Path("/session")
    public Purchase session(@PathParam("note") String note, @Context Session session) {
        Purchase added = new Purchase(note, List.of("book"));
        session.persist(added);
        return added;
    }

    /** All are the same transaction. */
    @POST
    @Path("/mixed")
    public String mixed(
            @PathParam("note") String note,
            @Context Session session,
            @Context EntityManager manager,
            @Context Handle handle,
            @Context Connection connection)
            throws SQLException {
        manager.persist(new Purchase(note, List.of()));
        session.flush();
        handle.execute("INSERT INTO purchases (note) VALUES (?)", note + "/handle");
        try (Statement select = connection.createStatement();
                ResultSet seen =
                        select.executeQuery("SELECT count(*) FROM purchases WHERE note LIKE '" + note + "%'")) {
            seen.next();
            return "{\"seen\":" + seen.getInt(1) + (session == factory.getCurrentSession() ? "}" : "?");
        }
    }

    @POST
    @Path("/slow")
    public Purchase slow(@PathParam("note") String note) throws InterruptedException {
        Purchase added = purchases.add(note);
        factory.getCurrentSession().flush();
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
        }
        return added;
    }

    /** Its items are read when the answer is written. */
    @POST
    @Path("/lazy")
    public Purchase lazy(@QueryParam("id") long id) {
        return factory.getCurrentSession().find(Purchase.class, id);
    }

    /** The first statement that violates the constraint is that of the flush. */
    @POST
    @Path("/violates")
    public Purchase violates(@PathParam("note") String note) {
        purchases.add(note);
        Purchase other = purchases.add(note + "/other");
        other.setNote(note);
        return other;
    }

    @POST
    @Path("/violates-later")
    public CompletionStage<Purchase> violatesLater(@PathParam("note") String note) {
        return CompletableFuture.completedFuture(violates(note));
    }

    @POST
    @Path("/refuses")
    public String refuses(@PathParam("note") String note) {
        purchases.add(note);
        throw new WebApplicationException("no", 409);
    }

    @POST
    @Path("/commits")
    public String commits(@PathParam("note") String note, @Context Session session) {
        purchases.add(note);
        session.getTransaction().commit();
        return "{}";
    }

    @POST
    @Path("/closes")
    public String closes(@PathParam("note") String note, @Context Session session) {
        purchases.add(note);
        session.close();
        return "{}";
    }

    @POST
    @Path("/gives-up")
    public String givesUp(@PathParam("note") String note, @Context Session session) {
        purchases.add(note);
        session.getTransaction().setRollbackOnly();
        return "{}";
    }

    @POST
    @Path("/loses")
    public String loses(@PathParam("note") String note, @Context Session session) {
        purchases.add(note);
        return "{\"ended\":"
                + session.createNativeQuery("SELECT pg_terminate_backend(pg_backend_pid())", Boolean.class)
                        .getSingleResult()
                + "}";
    }

    @POST
    @Path("/later")
    public void later(@PathParam("note") String note, @Context Session session, @Suspended AsyncResponse response) {
        CompletableFuture<?> unused = CompletableFuture.runAsync(() -> session(note, session))
                .whenComplete((done, failure) -> response.resume(failure == null ? "{\"later\":true}" : failure));
    }

    /** The timeout answers; the purchase comes when the gate opens. */
    @POST
    @Path("/late")
    public void late(@PathParam("note") String note, @Context Session session, @Suspended AsyncResponse response) {
        response.setTimeout(1, TimeUnit.MILLISECONDS);
        CompletableFuture<?> unused = CompletableFuture.supplyAsync(() -> {
                    try {
                        return gate.await(30, TimeUnit.SECONDS) ? session(note, session) : null;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .whenComplete((done, failure) -> response.resume(failure == null ? "{\"late\":true}" : failure));
    }

    /** By a service of the application with a unit of work of its own, which joins the present session. */
    @POST
    @Path("/nested")
    public Purchase nested(@PathParam("note") String note) {
        return service.add(note);
    }

    /** A service of the application. */
    public static class Service {
        private final PurchaseDao purchases;

        public Service(PurchaseDao purchases) {
            this.purchases = purchases;
        }

        @UnitOfWork
        public Purchase add(String note) {
            return purchases.add(note);
        }
    }

    @POST
    @Path("/nested/refuses")
    public String nestedRefuses(@PathParam("note") String note) {
        service.add(note);
        throw new WebApplicationException("no", 409);
    }

    /** Dropwizard has bound a session of its own before the method. */
    @POST
    @Path("/beside")
    @UnitOfWork(transactional = false)
    public Purchase beside(@PathParam("note") String note) {
        return purchases.add(note);
    }

    /** Dropwizard's own transaction, which it commits before the answer is stored. */
    @POST
    @Path("/ordinary")
    @Idempotent(anonymous = true)
    @UnitOfWork
    public Purchase ordinary(@PathParam("note") String note) {
        return purchases.add(note);
    }

    /** Whether an earlier request has left its session with this thread. */
    @GET
    @Path("/bound")
    public boolean bound() {
        return ManagedSessionContext.hasBind(factory);
    }
}
