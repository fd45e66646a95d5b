package dev.idem.admin.command.migrate;

import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.schema.Change;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which changes were applied and which are pending. */
@Command(
        name = "status",
        header = "Show which changes the database has and which it lacks.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate status", "  idem-admin -o json migrate status | jq .pending"})
final class MigrateStatusCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    MigrateStatusCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(long pending, List<Item> changes) {}

    /** One change; {@code appliedAt} is null while it is pending. */
    record Item(String id, @Nullable String appliedAt) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            List<Item> items = stores
                    .withDatabase(database -> tables.in(database).changes())
                    .stream()
                    .map(MigrateStatusCommand::item)
                    .toList();
            long pending =
                    items.stream().filter(item -> item.appliedAt() == null).count();
            session.show(table(items).toString(), new Result(pending, items));
            if (pending > 0) {
                session.warn("The schema is behind. run: idem-admin migrate");
            }
            return ExitCode.DONE;
        }
    }

    private static Item item(Change change) {
        return new Item(change.id(), change.applied().map(Object::toString).orElse(null));
    }

    private Table table(List<Item> items) {
        Table table = new Table(session.colours(), List.of("CHANGE", "STATE", "APPLIED AT"));
        items.forEach(item -> table.row(List.of(
                Cell.of(item.id()),
                Cell.of(item.appliedAt() == null ? "pending" : "applied"),
                Cell.of(item.appliedAt() == null ? "-" : item.appliedAt()))));
        return table;
    }
}
