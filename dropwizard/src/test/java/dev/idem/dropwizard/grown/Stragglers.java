package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what it has made from its transaction's connection, and uses it after the transaction. */
@Path("/stragglers/{note}")
@Produces(MediaType.TEXT_PLAIN)
public final class Stragglers {
    private final Map<String, Callable<Boolean>> kept = new ConcurrentHashMap<>();

    @POST
    @Path("/keep/{what}")
    @Idempotent(atomic = true)
    public String keep(@PathParam("note") String note, @PathParam("what") String what, @Context Connection connection)
            throws SQLException {
        String insert = "INSERT INTO transfers (note) VALUES ('" + note + "')";
        kept.put(note, late(what, insert, connection));
        return "kept";
    }

    private static Callable<Boolean> late(String what, String insert, Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        return switch (what) {
            case "statement" -> () -> statement.execute(insert);
            case "prepared" -> {
                PreparedStatement prepared = connection.prepareStatement(insert);
                yield prepared::execute;
            }
            case "call" -> connection.prepareCall(insert)::execute;
            case "batch" -> {
                statement.addBatch(insert);
                yield () -> statement.executeBatch().length == 1;
            }
            case "result" -> updatable(insert, connection, statement);
            case "statementOfResult" -> {
                Statement again = statement.executeQuery("SELECT 1").getStatement();
                yield () -> again.execute(insert);
            }
            case "connectionOfStatement" -> on(statement.getConnection(), insert);
            case "connectionOfMetaData" -> on(connection.getMetaData().getConnection(), insert);
            case "connectionOfSameMetaData" -> {
                DatabaseMetaData metaData = connection.getMetaData();
                yield () -> on(metaData.getConnection(), insert).call();
            }
            case "unwrapped" -> on(connection.unwrap(Connection.class), insert);
            default -> on(connection, insert);
        };
    }

    private static Callable<Boolean> updatable(String insert, Connection connection, Statement first)
            throws SQLException {
        first.execute("CREATE TEMP TABLE IF NOT EXISTS drafts (id int PRIMARY KEY, note text)");
        first.execute("INSERT INTO drafts VALUES (1, 'first') ON CONFLICT DO NOTHING");
        ResultSet drafts = connection
                .createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)
                .executeQuery("SELECT id, note FROM drafts");
        drafts.next();
        return () -> {
            drafts.updateString("note", insert);
            drafts.updateRow();
            return true;
        };
    }

    private static Callable<Boolean> on(Connection connection, String insert) {
        return () -> {
            try (Statement late = connection.createStatement()) {
                return late.execute(insert);
            }
        };
    }

    /** What would end the transaction, on the connection that something made from it returns. */
    @POST
    @Path("/ends/{what}")
    @Idempotent(atomic = true)
    public String ends(@PathParam("what") String what, @Context Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Connection same = what.equals("statement")
                    ? statement.getConnection()
                    : connection.getMetaData().getConnection();
            same.commit();
            return "committed";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** An array goes through the guard both ways. */
    @POST
    @Path("/array")
    @Idempotent(atomic = true)
    public String array(@Context Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT ?::text[]")) {
            select.setArray(1, connection.createArrayOf("text", new String[] {"a", "b"}));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return String.join("+", (String[]) rows.getArray(1).getArray());
            }
        }
    }

    /** Not atomic: it works with what the other method has kept. */
    @POST
    @Path("/use")
    public String use(@PathParam("note") String note) {
        try {
            return "worked: " + kept.get(note).call();
        } catch (Exception e) {
            return "failed: " + e.getMessage();
        }
    }
}
