package dev.idem.benchmarks.http.result;

/** Whether clients wait for responses. */
public enum Loop {
    /** Closed: each client waits for its response. */
    CLOSED,
    /** Open: requests are sent at a fixed rate. */
    OPEN
}
