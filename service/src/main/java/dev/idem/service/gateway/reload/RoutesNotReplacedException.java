package dev.idem.service.gateway.reload;

/** What is written down cannot be used; the message says why. */
final class RoutesNotReplacedException extends Exception {
    private static final long serialVersionUID = 1L;

    RoutesNotReplacedException(Exception cause) {
        super("The routes stay as they are: " + cause.getMessage(), cause);
    }
}
