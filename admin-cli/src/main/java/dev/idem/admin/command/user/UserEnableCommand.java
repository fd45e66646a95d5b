package dev.idem.admin.command.user;

import dev.idem.admin.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Enables a user. */
@Command(
        name = "enable",
        header = "Let a disabled user log in again.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user enable ann@example.com"})
final class UserEnableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EMAIL", description = "The user's address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    UserEnableCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String email, boolean enabled) {}

    @Override
    public Integer call() {
        return new UserChange("user-enable", "Enabled " + email + ".", users -> users.enable(email))
                .make(session, email, found -> new Result(email, found));
    }
}
