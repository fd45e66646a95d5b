package dev.idem.gateway.client;

/** The client has closed the connection. */
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException() {
        super("the client has closed the connection", null, false, false);
    }
}
