package dev.idem.admin.command.user;

import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Users;
import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.connect.StoreJdbi;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows who may log in. */
@Command(
        name = "list",
        header = "List the users.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user list"})
final class UserListCommand implements Callable<Integer> {
    private final Session session;

    UserListCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(List<UserView> users) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            List<UserView> users =
                    stores
                            .withDatabase(database -> new Users(StoreJdbi.on(database), new PasswordHasher()).list())
                            .stream()
                            .map(UserView::of)
                            .toList();
            session.show(users.isEmpty() ? "There are no users." : table(users).toString(), new Result(users));
            return users.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
        }
    }

    private Table table(List<UserView> users) {
        Table table = new Table(session.colours(), List.of("EMAIL", "ROLE", "ENABLED", "SINCE", "ID"));
        users.forEach(user -> table.row(List.of(
                Cell.of(user.email()),
                Cell.of(user.role()),
                Cell.of(user.enabled() ? "yes" : "no"),
                Cell.of(user.createdAt()),
                Cell.of(user.id()))));
        return table;
    }
}
