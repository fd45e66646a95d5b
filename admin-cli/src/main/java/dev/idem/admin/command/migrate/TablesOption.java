package dev.idem.admin.command.migrate;

import dev.idem.admin.stores.ServiceTables;
import dev.idem.postgres.schema.Schema;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** Which tables a migration is about. */
final class TablesOption {
    enum Tables {
        SERVICE,
        IDEMPOTENCY
    }

    @Option(
            names = "--tables",
            paramLabel = "SET",
            description = {
                "service: all tables of the service (the default).",
                "idempotency: those that an application with the bundle needs, and no others."
            })
    private Tables tables = Tables.SERVICE;

    Schema in(DataSource database) {
        return tables == Tables.SERVICE ? ServiceTables.in(database) : new Schema(database);
    }
}
