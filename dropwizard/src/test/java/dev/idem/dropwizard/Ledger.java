package dev.idem.dropwizard;

import jakarta.validation.constraints.NotEmpty;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Writes lines through the request's transaction, and ends in all the ways that an atomic method can. */
@Path("/ledger")
@Idempotent(atomic = true)
@Produces(MediaType.TEXT_PLAIN)
public final class Ledger {
    /** Without constraints: only the layer prevents a second line. */
    static final String TABLE = """
            CREATE TABLE ledger (
                line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                note text NOT NULL,
                parent bigint REFERENCES ledger DEFERRABLE INITIALLY DEFERRED
            )""";

    private final AtomicInteger entered = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** How often a method was entered. */
    int entered() {
        return entered.get();
    }

    /** Requests to {@code /ledger/slow} write their line, then wait until the returned gate opens. */
    CountDownLatch close() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** Opens the gate that was closed last. */
    void open() {
        gate.countDown();
    }

    /** SQL on the table within a transaction. */
    public interface Lines {
        @SqlUpdate("INSERT INTO ledger (note) VALUES (:note)")
        void add(String note);
    }

    @POST
    public Response add(@QueryParam("note") String note, @Context Handle transaction) {
        return Response.created(URI.create("/ledger/line"))
                .cookie(new NewCookie.Builder("session").value("secret").build())
                .entity("line " + write(transaction, note))
                .build();
    }

    @POST
    @Path("/slow")
    public Response slow(@QueryParam("note") String note, @Context Handle transaction) throws InterruptedException {
        long line = write(transaction, note);
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
        }
        return Response.created(URI.create("/ledger/line"))
                .cookie(new NewCookie.Builder("session").value("secret").build())
                .entity("line " + line)
                .build();
    }

    /** Chooses its isolation itself. */
    @POST
    @Path("/isolated")
    public String isolated(@QueryParam("note") String note, @Context Handle transaction) {
        transaction.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        return "line " + write(transaction, note);
    }

    /** As {@code /ledger/slow}, and then writes a second line. */
    @POST
    @Path("/twice")
    public Response twice(@QueryParam("note") String note, @Context Handle transaction) throws InterruptedException {
        try (Response first = slow(note, transaction)) {
            return Response.fromResponse(first)
                    .entity("line " + write(transaction, note))
                    .build();
        }
    }

    /** A statement that the server refuses with this SQL state. */
    @POST
    @Path("/refused/{state}")
    public String refused(
            @PathParam("state") String state, @QueryParam("note") String note, @Context Handle transaction) {
        long line = write(transaction, note);
        transaction.execute("DO $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '" + state + "'; END $$");
        return "line " + line;
    }

    @POST
    @Path("/empty")
    public void empty(@QueryParam("note") String note, @Context Handle transaction) {
        write(transaction, note);
    }

    @POST
    @Path("/dao")
    public String dao(@QueryParam("note") String note, @Context Handle transaction) {
        entered.incrementAndGet();
        transaction.attach(Lines.class).add(note);
        transaction.useTransaction(same -> same.attach(Lines.class).add(note));
        return "two lines";
    }

    @POST
    @Path("/untouched")
    public String untouched() {
        return "entered " + entered.incrementAndGet();
    }

    @POST
    @Path("/status/{status}")
    public Response status(
            @PathParam("status") int status, @QueryParam("note") String note, @Context Handle transaction) {
        return Response.status(status)
                .entity("line " + write(transaction, note))
                .build();
    }

    @POST
    @Path("/thrown/{status}")
    public String thrown(
            @PathParam("status") int status, @QueryParam("note") String note, @Context Handle transaction) {
        long line = write(transaction, note);
        throw new WebApplicationException(
                Response.status(status).entity("not line " + line).build());
    }

    @POST
    @Path("/failing")
    public String failing(@QueryParam("note") String note, @Context Handle transaction) {
        throw new IllegalStateException("after line " + write(transaction, note));
    }

    @POST
    @Path("/later/{status}")
    public CompletionStage<String> later(
            @PathParam("status") int status, @QueryParam("note") String note, @Context Handle transaction) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        var unused = CompletableFuture.runAsync(() -> {
            long line = write(transaction, note);
            if (status >= 400) {
                answer.completeExceptionally(new WebApplicationException(status));
            } else {
                answer.complete("line " + line);
            }
        });
        return answer;
    }

    @POST
    @Path("/valid")
    public String valid(
            @NotEmpty @QueryParam("name") String name, @QueryParam("note") String note, @Context Handle transaction) {
        return name + write(transaction, note);
    }

    @POST
    @Path("/bytes")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bytes(@QueryParam("size") int size, @QueryParam("note") String note, @Context Handle transaction)
            throws InterruptedException {
        write(transaction, note);
        if (!gate.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
        }
        return new byte[size];
    }

    @POST
    @Path("/chunked")
    public ChunkedOutput<String> chunked(@QueryParam("note") String note, @Context Handle transaction) {
        long line = write(transaction, note);
        ChunkedOutput<String> output = new ChunkedOutput<>(String.class);
        var unused = CompletableFuture.runAsync(() -> {
            try (output) {
                output.write("line " + line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return output;
    }

    @POST
    @Path("/unwritable")
    public StreamingOutput unwritable(@QueryParam("note") String note, @Context Handle transaction) {
        write(transaction, note);
        return out -> {
            throw new IOException("the answer cannot be written");
        };
    }

    @POST
    @Path("/swallowed")
    public String swallowed(@QueryParam("note") String note, @Context Handle transaction) {
        write(transaction, note);
        try {
            transaction.execute("no SQL at all");
        } catch (JdbiException ignoredHereOnPurpose) {
            return "as if nothing had failed";
        }
        return "not reached";
    }

    @POST
    @Path("/orphan")
    public String orphan(@QueryParam("note") String note, @Context Handle transaction) {
        entered.incrementAndGet();
        transaction.execute("INSERT INTO ledger (note, parent) VALUES (?, -1)", note);
        return "with a parent that does not exist";
    }

    @POST
    @Path("/ended")
    public String ended(@QueryParam("note") String note, @Context Handle transaction) {
        write(transaction, note);
        transaction.rollback();
        return "by the method itself";
    }

    private long write(Handle transaction, String note) {
        entered.incrementAndGet();
        return transaction
                .createQuery("INSERT INTO ledger (note) VALUES (:note) RETURNING line")
                .bind("note", note)
                .mapTo(Long.class)
                .one();
    }
}
