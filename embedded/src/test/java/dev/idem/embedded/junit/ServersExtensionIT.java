package dev.idem.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

@ExtendWith(ServersExtension.class)
final class ServersExtensionIT {

    private final TestDatabase database;

    ServersExtensionIT(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void create() throws SQLException {
        execute(database, "CREATE TABLE mine (id int)");
    }

    @Test
    void everyParameterGetsAnEmptyDatabase(TestDatabase another) throws SQLException {
        execute(another, "CREATE TABLE mine (id int)");
        assertThat(another.jdbcUrl()).isNotEqualTo(database.jdbcUrl());
    }

    @Test
    void theDatabaseSpeaksUtf8() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("UTF8");
        }
    }

    @Test
    void everyParameterGetsAKeyPrefixInTheSameRedis(TestRedis first, TestRedis second) {
        assertThat(first.keyPrefix()).isNotEqualTo(second.keyPrefix());
        assertThat(first.pid()).isEqualTo(second.pid());
        try (Jedis redis = new Jedis(first.url())) {
            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
