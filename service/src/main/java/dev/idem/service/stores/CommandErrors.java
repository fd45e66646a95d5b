package dev.idem.service.stores;

import dev.idem.core.store.authority.ForeignInstallationException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.cli.Cli;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator can remove is a sentence on the standard error; anything else is a stack trace, for those who mend it. */
public final class CommandErrors {
    private CommandErrors() {}

    /** Prints the failure of a command. */
    public static void print(Cli cli, Throwable failure) {
        sentence(failure).ifPresentOrElse(cli.getStdErr()::println, () -> failure.printStackTrace(cli.getStdErr()));
    }

    /** Empty if the failure is not an operator's mistake. */
    public static Optional<String> sentence(Throwable failure) {
        return failure instanceof StartupException
                        || failure instanceof ForeignInstallationException
                        || failure instanceof ConfigurationException
                ? Optional.ofNullable(failure.getMessage())
                : address(failure);
    }

    /** Jetty names the address, and its cause says why it cannot be used. */
    private static Optional<String> address(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            @Nullable Throwable cause = each.getCause();
            if (each instanceof IOException
                    && String.valueOf(each.getMessage()).startsWith("Failed to bind to ")
                    && (cause instanceof SocketException || cause instanceof UnresolvedAddressException)) {
                return Optional.of(each.getMessage() + ": "
                        + (cause.getMessage() == null ? "there is no such host" : cause.getMessage())
                        + ". Set another port (PORT, ADMIN_PORT) or bindHost (BIND_HOST, ADMIN_BIND_HOST) in"
                        + " server.applicationConnectors or server.adminConnectors, or end the program that uses it.");
            }
        }
        return Optional.empty();
    }
}
