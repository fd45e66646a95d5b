package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.statement.Statements;
import java.sql.Types;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches for a few among many records use an index, with and without PostgreSQL's generic plans. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchPlanIT {
    private static final String FILL =
            "INSERT INTO idempotency_records (scope, key, state, fingerprint, owner, fencing,"
                    + " attempt, node, route, claimed_at, heartbeat_at, lock_timeout_ms, completed_at, expires_at, answer)"
                    + " SELECT 'user:' || i % 100, 'key-' || i, CASE WHEN i % 1000 = 0 THEN 'processing' ELSE 'completed' END,"
                    + " sha256('x'), gen_random_uuid(), i, 1, 'n', 'POST /orders', now(), now(), 1000,"
                    + " CASE WHEN i % 1000 = 0 THEN NULL ELSE now() END, now() + interval '1 day',"
                    + " CASE WHEN i % 1000 = 0 THEN NULL ELSE '\\x015200c8000000000000'::bytea END"
                    + " FROM generate_series(1, 20000) AS i";

    private final MigratedDatabase database;
    private final Statements statements = new Statements();

    SearchPlanIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        database.jdbi().useHandle(handle -> {
            handle.execute(FILL);
            handle.execute("ANALYZE idempotency_records");
        });
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void staleRecordsAreFoundByTheirHeartbeat() {
        assertUses("idempotency_records_heartbeat_at", "list_processing", query -> query.bind("afterMicros", 0L)
                .bind("afterScope", "")
                .bind("afterKey", "")
                .bindNull("scope", Types.VARCHAR)
                .bind("silenceMs", 0L)
                .bind("limit", 500));
    }

    @Test
    void aScopeIsListedByThePrimaryKey() {
        assertUses("idempotency_records_pkey", "list_scope", query -> query.bind("scope", "user:1")
                .bind("afterKey", "")
                .bindNull("state", Types.VARCHAR)
                .bind("limit", 500));
    }

    @Test
    void aScopesNewestRecordsAreFoundByThePrimaryKey() {
        assertUses("idempotency_records_pkey", "newest", query -> query.bind("scope", "user:1")
                .bindNull("routes", Types.ARRAY)
                .bind("limit", 20));
    }

    @Test
    void aKeyIsFoundByItsIndex() {
        assertUses("idempotency_records_key", "find_by_key", query -> query.bind("key", "key-7")
                .bind("limit", 100));
    }

    private void assertUses(String index, String statement, UnaryOperator<Query> bindings) {
        for (String explain : new String[] {"EXPLAIN ", "EXPLAIN (GENERIC_PLAN) "}) {
            assertThat(plan(explain + statements.loadForHeads(statement), bindings))
                    .contains(index)
                    .doesNotContain("Seq Scan");
        }
    }

    private String plan(String explained, UnaryOperator<Query> bindings) {
        return database.jdbi()
                .withHandle(handle -> String.join(
                        "\n",
                        bindings.apply(handle.createQuery(explained))
                                .mapTo(String.class)
                                .list()));
    }
}
