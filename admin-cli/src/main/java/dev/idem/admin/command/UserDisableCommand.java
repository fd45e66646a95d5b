package dev.idem.admin.command;

import dev.idem.admin.stores.Stores;
import dev.idem.core.connect.DiscreetJdbi;
import dev.idem.core.users.PasswordHasher;
import dev.idem.core.users.Users;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Locks a user out. */
@Command(
        name = "disable",
        header = "Lock a user out; tokens given out before stop working within seconds.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user disable ann@example.com"})
final class UserDisableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EMAIL", description = "Who.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    UserDisableCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String email, boolean disabled) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            boolean found = stores.withDatabase(
                    database -> new Users(DiscreetJdbi.on(database), new PasswordHasher()).disable(email));
            if (found) {
                session.audit(stores, actions -> actions.did("user-disable", "email=" + email));
            }
            session.show(
                    found ? "Disabled " + email + "." : "There is no user " + email + ".", new Result(email, found));
            return found ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
        }
    }
}
