package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Methods that end in unusual ways, some of them in a transaction. */
@Path("/errands/{note}")
@Idempotent(atomic = true)
public final class Errands {
    static final String TABLE = "CREATE TABLE errands (note text NOT NULL)";

    private static final URI ELSEWHERE = URI.create("http://elsewhere.example/");

    private final AtomicInteger count = new AtomicInteger();

    private static void insert(Handle transaction, String note) {
        transaction.execute("INSERT INTO errands (note) VALUES (?)", note);
    }

    @POST
    @Path("/thrown/{status}")
    public Response thrown(
            @PathParam("note") String note, @PathParam("status") int status, @Context Handle transaction) {
        insert(transaction, note);
        throw thrown(status);
    }

    @POST
    @Path("/withheld/{status}")
    public Response withheld(
            @PathParam("note") String note,
            @PathParam("status") int status,
            @Context Handle transaction,
            @Context IdempotencyContext idempotency) {
        idempotency.withhold();
        return thrown(note, status, transaction);
    }

    @POST
    @Path("/stage/{status}")
    public CompletionStage<String> stage(
            @PathParam("note") String note, @PathParam("status") int status, @Context Handle transaction) {
        insert(transaction, note);
        return CompletableFuture.failedFuture(thrown(status));
    }

    @POST
    @Path("/resumed/{status}")
    public void resumed(
            @PathParam("note") String note,
            @PathParam("status") int status,
            @Context Handle transaction,
            @Suspended AsyncResponse answer) {
        insert(transaction, note);
        answer.resume(thrown(status));
    }

    private static WebApplicationException thrown(int status) {
        return status == 303
                ? new RedirectionException(303, ELSEWHERE)
                : new WebApplicationException(
                        Response.status(status).entity("done").build());
    }

    /** Changes its session, not only its transaction. */
    @POST
    @Path("/session/{how}")
    public String session(@PathParam("note") String note, @PathParam("how") String how, @Context Handle transaction)
            throws Exception {
        switch (how) {
            case "readonly" -> transaction.setReadOnly(true);
            case "isolation" -> transaction.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
            case "schema" -> transaction.getConnection().setSchema("pg_catalog");
            case "local" -> {
                transaction.execute("SET LOCAL search_path = pg_catalog");
                transaction.getConnection().setSchema("public");
            }
            case "ended" -> {
                transaction.commit();
                transaction.getConnection().setSchema("pg_catalog");
            }
            case "name" -> transaction.getConnection().setClientInfo("ApplicationName", note);
            case "names" -> {
                Properties names = new Properties();
                names.setProperty("ApplicationName", note);
                transaction.getConnection().setClientInfo(names);
            }
            case "timeout" -> transaction.getConnection().setNetworkTimeout(Runnable::run, 1_234);
            default -> insert(transaction, note);
        }
        return transaction.getConnection().isReadOnly() + " "
                + transaction.getTransactionIsolationLevel() + " "
                + transaction.getConnection().getSchema() + " "
                + transaction
                        .createQuery(
                                "SELECT current_setting('search_path') || ' ' || current_setting('application_name')")
                        .mapTo(String.class)
                        .one()
                + " "
                + transaction.getConnection().getNetworkTimeout();
    }

    /** Changes its transaction alone. */
    @POST
    @Path("/local")
    public String local(@PathParam("note") String note, @QueryParam("sql") String sql, @Context Handle transaction) {
        insert(transaction, note);
        transaction.execute("SET LOCAL " + sql);
        return "done";
    }

    /** Hides that its body is too large. */
    @POST
    @Path("/truncated")
    public void truncated(
            @PathParam("note") String note, @Context Handle transaction, @Context HttpServletResponse response)
            throws IOException {
        insert(transaction, note);
        try {
            response.getOutputStream().write(new byte[2 << 20]);
        } catch (IllegalStateException refused) {
            response.getOutputStream().write(1);
        }
    }

    /** Knows the response only from where the servlet interface has it, too. */
    @POST
    @Path("/asynchronous")
    @Idempotent
    public void asynchronous(@Context HttpServletRequest request, @Suspended AsyncResponse answer) throws IOException {
        request.getAsyncContext()
                .getResponse()
                .getOutputStream()
                .write(("effect " + count.incrementAndGet()).getBytes(UTF_8));
        answer.resume(Response.ok().build());
    }

    /** Not an error in spite of the name. */
    @POST
    @Path("/seen")
    @Idempotent
    public void seen(@Context HttpServletResponse response) throws IOException {
        response.setIntHeader("X-Number", count.incrementAndGet());
        response.sendError(304);
    }

    /** Built without annotations of Jakarta's. */
    static Resource inflected() {
        Resource.Builder built = Resource.builder("/errands-inflected");
        built.addMethod("POST").handledBy(new Inflected());
        return built.build();
    }

    private static final class Inflected implements Inflector<ContainerRequestContext, Response> {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        @Idempotent
        public Response apply(ContainerRequestContext request) {
            return Response.ok("effect " + count.incrementAndGet()).build();
        }
    }

    /** An aspect that fails, as libraries do for methods that they do not know. */
    static AbstractBinder brokenAspect() {
        return new AbstractBinder() {
            @Override
            protected void configure() {
                ResourceMethodInvocationHandlerProvider broken = method -> {
                    if (method.getHandlingMethod().getName().equals("untyped")) {
                        throw new IllegalStateException("an aspect that fails");
                    }
                    return null;
                };
                bind(broken).to(ResourceMethodInvocationHandlerProvider.class).ranked(10);
            }
        };
    }

    @POST
    @Path("/untyped")
    @Idempotent
    public void untyped(@Context HttpServletResponse response) throws IOException {
        response.getOutputStream().write(("effect " + count.incrementAndGet()).getBytes(UTF_8));
    }

    @POST
    @Path("/created/{body}")
    @Idempotent
    public void created(@PathParam("body") boolean body, @Context HttpServletResponse response) throws IOException {
        response.setStatus(201);
        response.setHeader("Location", "/errands/" + count.incrementAndGet());
        if (body) {
            response.getOutputStream().write("created".getBytes(UTF_8));
        }
    }

    @POST
    @Path("/returned")
    @Idempotent
    public Response returned() {
        return Response.created(URI.create("errands/" + count.incrementAndGet()))
                .build();
    }

    @POST
    @Path("/redirect")
    @Idempotent
    public void redirect(@Context HttpServletResponse response) throws IOException {
        response.sendRedirect("/errands/" + count.incrementAndGet());
    }

    /** Takes the parts from the servlet request. */
    @POST
    @Path("/parts")
    @Idempotent
    public String parts(@Context HttpServletRequest request) throws IOException, ServletException {
        FormAudit.acceptParts(request);
        StringBuilder read =
                new StringBuilder("effect " + count.incrementAndGet() + ' ' + request.getParameter("note"));
        for (Part part : request.getParts()) {
            read.append(' ')
                    .append(part.getName())
                    .append('=')
                    .append(part.getSubmittedFileName())
                    .append(':')
                    .append(new String(part.getInputStream().readAllBytes(), UTF_8));
        }
        return read.toString();
    }

    @POST
    @Path("/refused")
    @Idempotent
    public void refused(@Context HttpServletResponse response) throws IOException {
        response.sendError(409, "conflict number " + count.incrementAndGet());
    }

    @POST
    @Path("/length/{length}")
    @Idempotent
    public void length(@PathParam("length") int length, @Context HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setContentLength(length);
        response.getOutputStream().write(("effect " + count.incrementAndGet()).getBytes(UTF_8));
    }
}
