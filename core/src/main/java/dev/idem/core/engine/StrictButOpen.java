package dev.idem.core.engine;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import java.util.Optional;

/** A policy that promises less than its consistency says: for the log of a node, and for those who examine a configuration. */
public final class StrictButOpen {
    /** What it means, and what to do. */
    public static final String CONSEQUENCE =
            "While PostgreSQL is unavailable, a key may execute once in each process. Use onStoreFailure: closed, the default"
                    + " under strict, to prevent that.";

    private StrictButOpen() {}

    /** @param written what the policy says of store failures; empty if it says nothing */
    public static boolean is(Consistency consistency, Optional<OnStoreFailure> written) {
        return consistency == Consistency.STRICT
                && written.filter(choice -> choice == OnStoreFailure.OPEN).isPresent();
    }
}
