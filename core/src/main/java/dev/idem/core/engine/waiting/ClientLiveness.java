package dev.idem.core.engine.waiting;

/**
 * Tells whether the client of a request still waits for its response. Polled while a repeat waits for the first
 * request.
 */
@FunctionalInterface
public interface ClientLiveness {
    /** A client that counts as present, because nothing else is known. */
    ClientLiveness PRESENT = () -> false;

    /** Whether the client is gone. The repeat then stops waiting and does not execute. */
    boolean isGone();
}
