package dev.idem.core.store.authority;

import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;

/**
 * Which installation the fast store belongs to. Two of them in one store, under one prefix, would end each other's
 * generations and take each other's records for their own. Thread-safe; methods throw {@link StoreUnavailableException}
 * when the store is unavailable.
 */
public interface StoreOwner {

    /** Empty if it is nobody's: no installation has used it since it was emptied. */
    Optional<Installation> find();

    /**
     * Makes all other roles of this store unavailable until it is known whose it is: until a {@link #claim} has succeeded. Does
     * nothing if one has.
     */
    void closeUntilClaimed();

    /**
     * Makes it this installation's, if it is nobody's. While it is another's, and until the first call has succeeded after one has
     * failed, all other roles of this store are unavailable. If the owner's id is ours without its last part, ours takes its place.
     *
     * @return whose it is now
     */
    Installation claim(Installation ours);

    /**
     * Takes it from another installation. The generation that the store belongs to ends, so that the next failback compares all
     * records.
     */
    void take(Installation ours);

    /** How many nodes have lately shown there that they live. */
    int nodes();
}
