package dev.idem.chaos.stage;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.History;
import dev.idem.chaos.history.Workload;
import dev.idem.postgres.schema.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the atomic workload takes effect, looked at without any wire between. */
final class EffectsTable {
    private static final String FOLDER = "dev/idem/chaos/stage/";

    private final ClasspathSqlLocator files = ClasspathSqlLocator.removingComments();
    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final History history;

    EffectsTable(String jdbcUrl, History history) {
        database.setUrl(jdbcUrl);
        this.history = history;
    }

    /** With the idempotency tables. */
    void create() {
        new Schema(database).update();
        Jdbi.create(database).useHandle(handle -> handle.execute(files.locate(FOLDER + "create_effects")));
    }

    List<Effect> read() {
        return Jdbi.create(database).withHandle(handle -> handle.createQuery(files.locate(FOLDER + "read_effects"))
                .map((row, context) -> effectOf(row))
                .list());
    }

    private Effect effectOf(ResultSet row) throws SQLException {
        return new Effect(
                row.getObject("key", UUID.class),
                Workload.ATOMIC,
                row.getObject("id", UUID.class),
                row.getInt("node"),
                row.getLong("fencing"),
                row.getInt("attempt"),
                history.at(row.getObject("entered", OffsetDateTime.class).toInstant()),
                history.at(row.getObject("at", OffsetDateTime.class).toInstant()));
    }
}
