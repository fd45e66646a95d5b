package dev.idem.core.engine;

/** A new request was not claimed: its scope has as many in flight on this node as {@link Policy} allows. */
public final class TooManyInFlightException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a stack trace: a caller may cause very many. */
    TooManyInFlightException(int bound) {
        super("its scope has " + bound + " requests in flight on this node", null, false, false);
    }
}
