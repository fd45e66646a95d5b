package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.rollout.RolloutTable;
import dev.idem.postgres.schema.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables are found where they are, and the session keeps the {@code search_path} that its role has. */
@ExtendWith(ServersExtension.class)
final class SearchPathIT {
    private final TestDatabase server;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    SearchPathIT(TestDatabase server) {
        this.server = server.filledOnce("elsewhere", SearchPathIT::createTables);
        source.setUrl(server.jdbcUrl());
    }

    private static void createTables(String jdbcUrl) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(jdbcUrl);
        Jdbi.create(owner).useHandle(handle -> handle.execute("CREATE SCHEMA \"the App\""));
        owner.setCurrentSchema("\"the App\"");
        new Schema(owner).update();
    }

    @Test
    void ofARoleThatKnowsNothingOfTheirSchema() throws SQLException {
        everythingWorksUnder("\"$user\", public");
    }

    @Test
    void ofARoleWithoutASearchPath() throws SQLException {
        execute("ALTER DATABASE " + name() + " SET search_path = ''");
        everythingWorksUnder("\"\"");
    }

    private void everythingWorksUnder(String searchPath) throws SQLException {
        Jdbi jdbi = StoreJdbi.on(source);
        assertThat(new Schema(source).isCurrent()).isTrue();
        assertThat(new Schema(source).update()).as("a second set of tables").isEmpty();
        assertThat(new RolloutTable(jdbi).get().version()).isZero();
        assertThat(new PostgresTrustRow(jdbi, "node").read().trusted()).isFalse();
        PostgresStore store = PostgresStore.whileAuthoritative(jdbi);
        Lease lease = acquired(store);
        assertThat(store.renew(lease)).isTrue();
        try (Connection transaction = source.getConnection()) {
            transaction.setAutoCommit(false);
            assertThat(new AtomicCompletion()
                            .complete(transaction, lease, new RecordedResponse(201, List.of(), new byte[] {1})))
                    .isTrue();
            assertThat(searchPathOf(transaction)).isEqualTo(searchPath);
            transaction.commit();
        }
        assertThat(store.complete(acquired(store), new RecordedResponse(201, List.of(), new byte[] {2})))
                .isTrue();
        assertThat(new ExpiredRecordSweeper(jdbi, 10).sweep()).isZero();
        assertThat(new PostgresRecords(jdbi).find(lease.id())).isPresent();
    }

    private static Lease acquired(PostgresStore store) {
        return ((Claim.Acquired) store.claim(new ClaimRequest(
                        new RecordId(new Scope("path"), UUID.randomUUID().toString()),
                        new Fingerprint(new byte[Fingerprint.LENGTH]),
                        UUID.randomUUID(),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        new ClaimOrigin("node-1", "POST /"))))
                .lease();
    }

    private static String searchPathOf(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("SHOW search_path")) {
            row.next();
            return row.getString(1);
        }
    }

    private String name() throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            return connection.getCatalog();
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            connection.createStatement().execute(statement);
        }
    }
}
