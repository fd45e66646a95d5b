package dev.idem.gateway.exchange;

/** Nobody waits for the answer any more. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client has hung up", null, false, false);
    }
}
