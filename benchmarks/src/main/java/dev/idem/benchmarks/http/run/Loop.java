package dev.idem.benchmarks.http.run;

/** Who waits for whom. */
public enum Loop {
    /** Clients for the server. */
    CLOSED,
    /** Nobody: requests come at a fixed rate. */
    OPEN
}
