package dev.idem.postgres;

import dev.idem.core.store.authority.Installation;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The installation that this database makes. Thread-safe. */
final class PostgresInstallation implements Supplier<Installation> {
    private final Jdbi jdbi;
    private final String installation;
    private final String server;

    PostgresInstallation(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.installation = statements.load("installation");
        this.server = statements.load("installation_server");
    }

    private record Row(String id, String database, boolean knowsServer) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("id") + '/' + row.getLong("oid"),
                    row.getString("name") + row.getString("place"),
                    row.getBoolean("knows_server"));
        }
    }

    /** @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL is unavailable */
    @Override
    public Installation get() {
        return PostgresFailures.translate(PostgresStore.NAME, () -> jdbi.withHandle(this::read));
    }

    private Installation read(Handle handle) {
        Row row = handle.createQuery(installation)
                .map((result, context) -> Row.read(result))
                .one();
        String id = row.knowsServer()
                ? row.id()
                        + '/'
                        + handle.createQuery(server).mapTo(String.class).one()
                : row.id();
        return new Installation(id, row.database());
    }
}
