package dev.idem.core.reconcile;

/** Receives the progress of a {@link Reconciliation}, on its thread. */
public interface ReconcileListener {
    /** @param about how many records both stores have, by their own estimate */
    void begins(long about);

    /** @param records how many records were compared so far, in both stores */
    void compared(long records);

    /** @param place where another run may begin if this one ends early */
    void reached(ScanPlace place);

    /**
     * The stores disagree, and also did at the first comparison.
     *
     * @param repaired whether they agree now
     */
    void found(RecordPair pair, Difference difference, boolean repaired);
}
