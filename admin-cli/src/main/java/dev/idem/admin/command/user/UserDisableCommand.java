package dev.idem.admin.command.user;

import dev.idem.admin.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Disables a user. */
@Command(
        name = "disable",
        header = "Disable a user; tokens issued before stop working within seconds.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin user disable ann@example.com"})
final class UserDisableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "EMAIL", description = "The user's address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String email;

    UserDisableCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String email, boolean disabled) {}

    @Override
    public Integer call() {
        return new UserChange("user-disable", "Disabled " + email + ".", users -> users.disable(email))
                .make(session, email, found -> new Result(email, found));
    }
}
