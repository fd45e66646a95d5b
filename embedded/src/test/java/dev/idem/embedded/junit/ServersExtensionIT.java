package dev.idem.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    void create() {
        execute(database.jdbcUrl(), "CREATE TABLE mine (id int)");
    }

    @Test
    void everyParameterGetsAnEmptyDatabase(TestDatabase another) {
        execute(another.jdbcUrl(), "CREATE TABLE mine (id int)");
        assertThat(another.jdbcUrl()).isNotEqualTo(database.jdbcUrl());
    }

    @Test
    void copiesOfATemplateHoldWhatItIsFilledWithOnce(TestDatabase first, TestDatabase second) {
        AtomicInteger filled = new AtomicInteger();
        for (TestDatabase copy : List.of(first, second)) {
            copy.filledOnce("template_of_this_test", url -> {
                filled.incrementAndGet();
                execute(url, "CREATE TABLE of_the_template (id int)");
            });
            execute(copy.jdbcUrl(), "INSERT INTO of_the_template VALUES (1)");
        }
        assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
        assertThat(filled).hasValue(1);
        assertThatThrownBy(() -> first.filledOnce("another_template", url -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTemplateThatCouldNotBeFilledIsFilledByTheNext(TestDatabase failed, TestDatabase next) {
        assertThatThrownBy(() -> failed.filledOnce("filled_by_the_second", url -> {
                    execute(url, "CREATE TABLE half (id int)");
                    throw new IllegalStateException("the rest is missing");
                }))
                .hasMessage("the rest is missing");

        next.filledOnce("filled_by_the_second", url -> execute(url, "CREATE TABLE half (id int)"));
        execute(next.jdbcUrl(), "INSERT INTO half VALUES (1)");
    }

    @Test
    void aDatabaseThatExistsAlreadyIsFilledItself(TestDatabase another) {
        String before = another.jdbcUrl();
        another.filledOnce("tables", url -> execute(url, "CREATE TABLE filled (id int)"));
        assertThat(another.jdbcUrl()).isEqualTo(before);
        execute(before, "INSERT INTO filled VALUES (1)");
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

    private static void execute(String jdbcUrl, String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
