package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;
import dev.idem.postgres.schema.Tables;
import dev.idem.verification.support.NeedsPrograms;
import dev.idem.verification.support.PgBouncer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store through pgbouncer, which gives each transaction any of three sessions. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPrograms("pgbouncer")
final class PoolerIT {
    private static final int SESSIONS = 3;

    private final PgBouncer pooler;
    private final DataSource pool;
    private final Jdbi jdbi;

    PoolerIT(TestDatabase server) throws Exception {
        Tables.in(server);
        pooler = PgBouncer.start(server.jdbcUrl(), SESSIONS);
        PoolProperties properties = new PoolProperties();
        properties.setUrl(pooler.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(32);
        pool = new DataSource(properties);
        jdbi = StoreJdbi.on(pool);
    }

    @AfterAll
    void close() throws Exception {
        pool.close();
        pooler.close();
    }

    /** The driver prepares a statement in the server when a connection uses it for the fifth time. */
    @Test
    void statementsAreNotPreparedInASessionThatTheNextTransactionLacks() throws SQLException {
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < 2 * SESSIONS; i++) {
            clients.add(pool.getConnection());
        }
        for (int i = 0; i < 20; i++) {
            for (Connection client : clients) {
                Jdbi own = StoreJdbi.on(() -> unclosed(client));
                assertThat(new PostgresTrustRow(own, "node").read()).isNotNull();
            }
        }
        for (Connection client : clients) {
            client.close();
        }
    }

    private static Connection unclosed(Connection client) {
        return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(client, arguments));
    }

    @Test
    void oneNodeAtATimeHasTheTurnToRefill() {
        PostgresTrustRow one = new PostgresTrustRow(jdbi, "one");
        PostgresTrustRow other = new PostgresTrustRow(jdbi, "other");
        List<Boolean> otherRan = new ArrayList<>();

        boolean ran = one.inTurn(() -> {
            otherRan.add(other.inTurn(() -> {}));
            Generation next = Generation.next();
            one.begin(next);
            assertThat(one.nextInterval(next)).isPositive();
        });

        assertThat(ran).isTrue();
        assertThat(otherRan).containsExactly(false);
        assertThat(other.inTurn(() -> {})).isTrue();
    }

    @Test
    void aMigrationAsksForASessionOfItsOwn() {
        assertThatThrownBy(() -> new Schema(pool).update())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("pooler")
                .hasMessageContaining("DATABASE_URL");
        assertThat(new Schema(pool).isCurrent()).isTrue();
    }
}
