package dev.idem.service.reload;

import dev.idem.dropwizard.task.TaskFailedException;

/** The new routes are invalid; the message says why. */
final class RoutesNotReplacedException extends TaskFailedException {
    private static final long serialVersionUID = 1L;

    RoutesNotReplacedException(Exception cause) {
        super("Routes not reloaded: " + cause.getMessage());
    }
}
