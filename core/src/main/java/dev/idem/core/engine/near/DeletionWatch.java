package dev.idem.core.engine.near;

import dev.idem.core.store.StoreUnavailableException;
import java.util.function.LongSupplier;

/** Notices when operators have deleted records from a store, on any node and with any tool. For one thread. */
public final class DeletionWatch {
    private final LongSupplier deletions;
    private final Runnable noticed;
    private long seen = -1;

    /** @param deletions reads a store's count of deletions */
    public DeletionWatch(LongSupplier deletions, Runnable noticed) {
        this.deletions = deletions;
        this.noticed = noticed;
    }

    /**
     * An unavailable store is read again in the next round. As far as this node knows, nobody can delete from it
     * meanwhile.
     */
    public void runOnce() {
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
