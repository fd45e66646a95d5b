package dev.idem.gateway.exchange;

/** The client has closed the connection. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client has closed the connection", null, false, false);
    }
}
