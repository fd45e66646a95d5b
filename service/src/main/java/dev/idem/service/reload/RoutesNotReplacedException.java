package dev.idem.service.reload;

import dev.idem.dropwizard.task.TaskFailedException;

/** What is written down cannot be used; the message says why. */
final class RoutesNotReplacedException extends TaskFailedException {
    private static final long serialVersionUID = 1L;

    RoutesNotReplacedException(Exception cause) {
        super("The routes stay as they are: " + cause.getMessage(), cause);
    }
}
