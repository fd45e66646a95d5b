package dev.idem.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
final class SchemaIT {
    private static final List<String> ALL = List.of("001-idempotency-records", "002-users", "003-shares");

    private DataSource pool;
    private Schema schema;

    @BeforeEach
    void connect(TestDatabase server) {
        PoolProperties properties = new PoolProperties();
        properties.setUrl(server.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(4);
        pool = new DataSource(properties);
        schema = new Schema(pool);
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    @Test
    void anEmptyDatabaseLacksEverything() {
        assertThat(schema.isCurrent()).isFalse();
        assertThat(schema.pending()).isEqualTo(ALL);
    }

    @Test
    void anUpdateAppliesWhatIsLackingAndASecondOneNothing() {
        assertThat(schema.update()).isEqualTo(ALL);
        assertThat(schema.update()).isEmpty();
        assertThat(schema.isCurrent()).isTrue();
        assertThat(schema.changes()).noneMatch(Schema.Change::pending);
    }

    @Test
    void aRollbackTakesBackTheLatestChangesAndAnUpdateBringsThemBack() {
        schema.update();

        assertThat(schema.rollback(2)).containsExactly("003-shares", "002-users");
        assertThat(schema.isCurrent()).isFalse();
        assertThat(schema.pending()).containsExactly("002-users", "003-shares");
        assertThat(schema.update()).containsExactly("002-users", "003-shares");
    }

    @Test
    void everythingCanBeRolledBack() {
        schema.update();

        assertThat(schema.rollback(99)).hasSize(ALL.size());
        assertThat(schema.pending()).isEqualTo(ALL);
    }

    @Test
    void twoUpdatesAtATimeFollowOneAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<List<String>> one = threads.submit(schema::update);
            Future<List<String>> other = threads.submit(new Schema(pool)::update);
            one.get();
            other.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(schema.isCurrent()).isTrue();
    }

    @Test
    void aPooledConnectionComesBackAsItWas() throws SQLException {
        schema.update();

        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsReported() {
        pool.close();
        PoolProperties nowhere = new PoolProperties();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/idem");
        nowhere.setDriverClassName("org.postgresql.Driver");
        nowhere.setInitialSize(0);

        assertThatThrownBy(new Schema(new DataSource(nowhere))::isCurrent)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("could not be read");
    }
}
