package dev.idem.core.engine;

/** Whoever sent a request and waits for its answer. Asked again and again while a repeat waits for the first request. */
@FunctionalInterface
public interface ClientLiveness {
    /** One of whom nothing is known but that he sent the request. */
    ClientLiveness PRESENT = () -> false;

    /** Whether nobody is left to be answered; a repeat then waits no longer, and does not execute. */
    boolean isGone();
}
