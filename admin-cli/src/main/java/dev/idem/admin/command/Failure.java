package dev.idem.admin.command;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.settings.SettingsException;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.schema.SchemaException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports a failure in a sentence. An unexpected one is a defect, and the sentence says how to report it. */
final class Failure implements IExecutionExceptionHandler {
    private final Session session;

    Failure(Session session) {
        this.session = session;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(sentence(failure)));
        if (session.debug()) {
            err.println(command.getColorScheme().stackTraceText(failure));
        }
        err.flush();
        return ExitCode.FAILED;
    }

    private String sentence(Exception failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            return session.sentence(UnavailableStore.of(unavailable));
        }
        if (failure instanceof SchemaException) {
            return "postgresql: " + failure.getMessage();
        }
        if (failure instanceof SettingsException) {
            return String.valueOf(failure.getMessage());
        }
        return "Unexpected failure: " + failure + ". Run the command again with --debug, and report its output.";
    }
}
