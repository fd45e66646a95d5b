package dev.idem.admin.command.user;

import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Users;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.connect.StoreJdbi;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A change to a user who may not be there.
 *
 * @param action its name in the audit log
 * @param done what is shown once it is made
 * @param change makes it, and says whether the user is there
 */
record UserChange(String action, String done, Predicate<Users> change) {
    /**
     * Makes the change, writes it to the audit log and shows what came of it.
     *
     * @param result the JSON output, from whether the user is there
     * @return the exit code
     */
    int make(Session session, String email, Function<Boolean, Record> result) {
        try (Stores stores = session.openStores()) {
            boolean found = stores.withDatabase(
                    database -> change.test(new Users(StoreJdbi.on(database), new PasswordHasher())));
            if (found) {
                session.actionLog(stores).did(action, List.of(), "email=" + email);
            }
            session.show(found ? done : "There is no user " + email + ".", result.apply(found));
            return found ? ExitCode.DONE : ExitCode.NOTHING_FOUND;
        }
    }
}
