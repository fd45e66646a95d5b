package dev.idem.chaos.history;

/** What a request does once it executes. */
public enum Workload {
    /** Tells the ledger, which knows nothing of transactions. */
    PLAIN("/plain"),
    /** Inserts a row in the transaction that completes the record. */
    ATOMIC("/atomic");

    private final String path;

    Workload(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }
}
