package dev.idem.core.reconcile;

/** Is told how a {@link Reconciliation} gets on, by its thread. */
public interface ReconcileListener {
    /** @param about how many records there are to look at in both stores, by their own estimate */
    void begins(long about);

    /** @param records how many were looked at so far, in both stores */
    void compared(long records);

    /**
     * The stores disagree, and did so a while ago.
     *
     * @param repaired whether they agree now
     */
    void found(RecordPair pair, Difference difference, boolean repaired);
}
