package dev.idem.service.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Change;
import dev.idem.postgres.schema.Schema;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** Lists of changes were divided after release 0.9; databases that it has made must not notice. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class ServiceTablesIT {
    /** The files of release 0.9, as they were. */
    private static final String RELEASE_0_9 = "v0.9.0/changelog.xml";

    /** What has been added since. */
    private static final List<String> LATER = List.of(
            "010-idempotency-tombstones",
            "011-idempotency-installation",
            "012-refill-turn",
            "012-idempotency-pass",
            "013-record-consistency",
            "014-held-records");

    private PGSimpleDataSource database;
    private Jdbi jdbi;

    @BeforeEach
    void open(TestDatabase place) {
        database = new PGSimpleDataSource();
        database.setUrl(place.jdbcUrl());
        jdbi = Jdbi.create(database);
    }

    @Test
    void aDatabaseOfAnEarlierReleaseLacksLaterChangesOnly() {
        new Schema(database, RELEASE_0_9).update();
        List<Map<String, Object>> before = history();
        List<Map<String, Object>> columns = columns();

        Schema schema = ServiceTables.in(database);

        assertThat(schema.pending()).isEqualTo(LATER);
        assertThat(schema.update()).isEqualTo(LATER); // it also compares checksums
        assertThat(history()).containsAll(before).hasSize(before.size() + LATER.size());
        assertThat(columns()).containsAll(columns);
        assertThat(new Schema(database, RELEASE_0_9).isCurrent()).isTrue();
    }

    @Test
    void aNewDatabaseGetsTheSameTablesAndTheSameHistory() {
        new Schema(database, RELEASE_0_9).update();
        List<Map<String, Object>> columns = columns();
        List<Map<String, Object>> changes = identities();
        assertThat(new Schema(database, RELEASE_0_9).rollback(99)).hasSize(changes.size());

        ServiceTables.in(database).update();

        assertThat(columns()).containsAll(columns);
        assertThat(identities()).containsAll(changes).hasSize(changes.size() + LATER.size());
        assertThat(new Schema(database, RELEASE_0_9).isCurrent()).isTrue();
    }

    @Test
    void anEarlierReleasesChangesAreTakenBackTheLatestFirst() {
        new Schema(database, RELEASE_0_9).update();

        assertThat(ServiceTables.in(database).rollback(99))
                .startsWith("009-idempotency-deletions")
                .endsWith("002-users", "001-idempotency-records")
                .hasSize(9);
        assertThat(columns()).isEmpty();
    }

    /** Its host has made the tables of users and shares too, and may have put them to use. */
    @Test
    void fromABundlesDatabaseOfAnEarlierReleaseIdempotencyTablesAloneAreTakenBack() {
        new Schema(database, RELEASE_0_9).update();
        Schema schema = new Schema(database);
        assertThat(schema.update()).isEqualTo(LATER);

        assertThat(schema.rollback(99)).hasSize(6 + LATER.size());

        assertThat(columns())
                .extracting(column -> column.get("table_name"))
                .containsOnly("users", "shares", "share_events");
        assertThat(schema.changes()).allMatch(Change::pending);
        assertThat(schema.update()).hasSize(6 + LATER.size());
        assertThat(new Schema(database, RELEASE_0_9).isCurrent()).isTrue();
    }

    private List<Map<String, Object>> history() {
        return rows("SELECT * FROM databasechangelog ORDER BY orderexecuted");
    }

    private List<Map<String, Object>> identities() {
        return rows("SELECT id, author, filename, md5sum FROM databasechangelog ORDER BY id");
    }

    private List<Map<String, Object>> columns() {
        return rows("SELECT table_name, column_name, data_type, column_default, is_nullable"
                + " FROM information_schema.columns"
                + " WHERE table_schema = 'public' AND table_name NOT LIKE 'databasechangelog%'"
                + " AND table_name !~ '_[0-9]{6,}$'"
                + " ORDER BY table_name, ordinal_position");
    }

    private List<Map<String, Object>> rows(String query) {
        return jdbi.withHandle(handle -> handle.select(query).mapToMap().list());
    }
}
