package dev.idem.core.engine;

import dev.idem.core.store.StoreUnavailableException;
import java.util.function.LongSupplier;

/** Notices that operators have deleted records from a store, on whatever node or with whatever tool. Asked by one thread. */
final class DeletionWatch {
    private final LongSupplier deletions;
    private final Runnable noticed;
    private long seen = -1;

    /** @param deletions asks a store for its count of deletions */
    DeletionWatch(LongSupplier deletions, Runnable noticed) {
        this.deletions = deletions;
        this.noticed = noticed;
    }

    /** A store that cannot be asked is asked in the next round: nobody else can delete from it meanwhile, as far as this node knows. */
    void runOnce() {
        long now;
        try {
            now = deletions.getAsLong();
        } catch (StoreUnavailableException e) {
            return;
        }
        if (now != seen) {
            noticed.run();
            seen = now;
        }
    }
}
