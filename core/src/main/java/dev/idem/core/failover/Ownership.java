package dev.idem.core.failover;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.ForeignInstallationException;
import dev.idem.core.store.authority.Installation;
import dev.idem.core.store.authority.StoreOwner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the fast store belongs to this installation. While it is another's, and until it is known whose it is, this node leaves
 * it alone. Thread-safe.
 */
public final class Ownership {
    private static final Logger log = LoggerFactory.getLogger(Ownership.class);

    /** The owner of a store that was emptied takes it again within a round, before a stranger may. */
    private static final Duration COURTESY = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Installation> installation;
    private final StoreOwner store;
    private final FailoverListener listener;
    private volatile @Nullable Installation foreigner;
    private volatile boolean tried;
    private volatile @Nullable Installation ours;
    private @Nullable MonotonicInstant vacantSince;

    /** From now on the fast store is unavailable until it is known whose it is. */
    public Ownership(FastStore fast, DurableStore durable, FailoverListener listener) {
        this.name = fast.name();
        this.installation = durable::installation;
        this.store = fast.owner();
        this.listener = listener;
        store.closeUntilClaimed();
    }

    /**
     * Looks whose the store is. In a round of its own, since it waits for a silent store. Never throws because a store is
     * unavailable: then nothing new is known.
     */
    public void runOnce() {
        try {
            look(installation.get());
        } catch (StoreUnavailableException e) {
            log.debug("the next round looks again whose the store is: {}", e.getMessage());
        } finally {
            tried = true;
        }
    }

    /** Looks, unless a look has ended already. So nobody is refused only because the first one is under way. */
    public void awaitFirstLook() {
        if (tried) {
            return;
        }
        synchronized (this) {
            if (!tried) {
                runOnce();
            }
        }
    }

    /** Whether the store is another installation's, as far as is known. */
    public boolean isForeign() {
        return foreigner != null;
    }

    /** Why this node does without the store, while it is another installation's. */
    public Optional<StoreUnavailableException> failure() {
        Installation owner = foreigner;
        return owner == null
                ? Optional.empty()
                : Optional.of(new StoreUnavailableException(
                        name,
                        UnavailableReason.WRONG_SERVER,
                        "it belongs to another installation, with the database " + owner.database(),
                        "Run: idem-admin doctor.",
                        null));
    }

    /**
     * Looks whose the store is after it has lost its markers: to adopt it is to remove them. Asks the durable store nothing.
     *
     * @return whether it is another installation's
     */
    boolean wasAdopted() {
        Installation last = ours;
        try {
            if (last != null) {
                look(last);
            }
        } catch (StoreUnavailableException e) {
            log.debug("nobody knows whose the store is: {}", e.getMessage());
        }
        return isForeign();
    }

    /**
     * Looks, and asks the durable store nothing.
     *
     * @param ours as just read
     * @throws StoreUnavailableException if the store is another installation's, or is unavailable
     */
    void require(Installation ours) {
        look(ours);
        if (isForeign()) {
            throw new StoreUnavailableException(name, "it belongs to another installation");
        }
    }

    private synchronized void look(Installation ours) {
        this.ours = ours;
        if (!isForeign()) {
            found(store.claim(ours), ours);
            return;
        }
        // Never claims what might be emptied between two steps: its owner comes first.
        Optional<Installation> owner = store.find();
        if (owner.isEmpty() ? isVacantForLong() : owner.get().is(ours)) {
            found(store.claim(ours), ours);
        } else if (owner.isPresent()) {
            vacantSince = null;
            found(owner.get(), ours);
        }
    }

    private void found(Installation owner, Installation ours) {
        if (owner.is(ours)) {
            ours();
        } else if (!owner.equals(foreigner)) {
            foreigner = owner;
            String why = String.valueOf(new ForeignInstallationException(name, ours, owner).getMessage());
            log.error("{} Until then this node does without it: the durable store decides.", why);
            listener.foreignStore(why);
        }
    }

    private boolean isVacantForLong() {
        if (vacantSince == null) {
            vacantSince = MonotonicInstant.now();
        }
        return vacantSince.age().compareTo(COURTESY) >= 0;
    }

    private void ours() {
        if (isForeign()) {
            foreigner = null;
            vacantSince = null;
            log.info("The {} belongs to this installation now", name);
            listener.ownStore();
        }
    }
}
