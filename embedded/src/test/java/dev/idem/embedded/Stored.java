package dev.idem.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** A value put into a server, to see whether it is still there later. */
final class Stored {

    private static final String KEY = "stored";

    private Stored() {}

    static void inRedis(String url, String value) {
        try (Jedis redis = new Jedis(url)) {
            redis.set(KEY, value);
        }
    }

    static @Nullable String readRedis(String url) {
        try (Jedis redis = new Jedis(url)) {
            return redis.get(KEY);
        }
    }

    static void inPostgres(String jdbcUrl, String value) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE stored (value text)");
            statement.execute("INSERT INTO stored VALUES ('" + value + "')");
        }
    }

    static String readPostgres(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM stored")) {
            row.next();
            return row.getString(1);
        }
    }
}
