package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.Isolation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.jdbi.v3.core.Handle;

/** Works in its request's transaction by plain JDBC, some of it under an isolation of its own. */
@Path("/transfers/{note}")
@Idempotent(atomic = true)
@Produces(MediaType.TEXT_PLAIN)
public final class Transfers {
    static final String TABLE = "CREATE TABLE transfers (note text NOT NULL CHECK (note <> 'refused'))";

    private final CyclicBarrier both = new CyclicBarrier(2);

    @POST
    public String add(@PathParam("note") String note, @Context Connection connection) throws SQLException {
        connection.setAutoCommit(false); // as many libraries do; it changes nothing
        insert(connection, note);
        return isolation(connection);
    }

    @POST
    @Path("/both")
    public String both(@PathParam("note") String note, @Context Connection connection, @Context Handle handle)
            throws SQLException {
        insert(connection, note);
        handle.execute("INSERT INTO transfers (note) VALUES (?)", note);
        return "lines in sight: " + count(connection, note);
    }

    @POST
    @Path("/thrown")
    public Response thrown(@PathParam("note") String note, @Context Connection connection) throws SQLException {
        insert(connection, note);
        insert(connection, "refused");
        return Response.ok().build();
    }

    @POST
    @Path("/savepoint")
    public String savepoint(@PathParam("note") String note, @Context Connection connection) throws SQLException {
        insert(connection, note);
        Savepoint point = connection.setSavepoint();
        insert(connection, note);
        connection.rollback(point);
        return "one line";
    }

    /** Ends its transaction, or tries to change its session. */
    @POST
    @Path("/ends/{how}")
    public String ends(@PathParam("note") String note, @PathParam("how") String how, @Context Connection connection)
            throws SQLException {
        insert(connection, note);
        switch (how) {
            case "commit" -> connection.commit();
            case "rollback" -> connection.rollback();
            case "close" -> connection.close();
            case "autocommit" -> connection.setAutoCommit(true);
            case "readonly" -> connection.setReadOnly(true);
            default -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        return "not reached";
    }

    /** As {@code ends}, and tells what it was told. */
    @POST
    @Path("/caught/{how}")
    public String caught(@PathParam("note") String note, @PathParam("how") String how, @Context Connection connection) {
        try {
            return ends(note, how, connection);
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @POST
    @Path("/serializable")
    @Idempotent(atomic = true, isolation = Isolation.SERIALIZABLE)
    public String serializable(@PathParam("note") String note, @Context Connection connection) throws SQLException {
        insert(connection, note);
        return isolation(connection);
    }

    @POST
    @Path("/repeatable")
    @Idempotent(atomic = true, isolation = Isolation.REPEATABLE_READ)
    public String repeatable(@PathParam("note") String note, @Context Handle handle) throws SQLException {
        insert(handle.getConnection(), note);
        return isolation(handle.getConnection());
    }

    /** Two of these at once conflict: each reads what the other writes, and waits for both to have read. */
    @POST
    @Path("/pair")
    @Idempotent(atomic = true, isolation = Isolation.SERIALIZABLE)
    public String pair(@PathParam("note") String note, @Context Connection connection)
            throws SQLException, InterruptedException, BrokenBarrierException, TimeoutException {
        int before = count(connection, note);
        both.await(10, TimeUnit.SECONDS);
        insert(connection, note);
        return before + " before";
    }

    /** Not atomic: what the application injects as a connection is no transaction of the layer. */
    @Path("/own-connection")
    @Produces(MediaType.TEXT_PLAIN)
    public static final class Own {
        @GET
        public String get(@Context Connection connection) throws SQLException {
            return connection.getSchema();
        }

        static AbstractBinder binder() {
            Connection own = (Connection) Proxy.newProxyInstance(
                    Own.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> method.getName().equals("getSchema") ? "the application's" : null);
            return new AbstractBinder() {
                @Override
                protected void configure() {
                    bind(own).to(Connection.class);
                }
            };
        }
    }

    private static void insert(Connection connection, String note) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO transfers (note) VALUES (?)")) {
            insert.setString(1, note);
            insert.executeUpdate();
        }
    }

    private static int count(Connection connection, String note) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM transfers WHERE note = ?")) {
            select.setString(1, note);
            try (ResultSet counted = select.executeQuery()) {
                counted.next();
                return counted.getInt(1);
            }
        }
    }

    private static String isolation(Connection connection) throws SQLException {
        try (Statement show = connection.createStatement();
                ResultSet shown = show.executeQuery("SHOW transaction_isolation")) {
            shown.next();
            return shown.getString(1);
        }
    }
}
