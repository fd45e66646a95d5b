package dev.idem.dropwizard.testing;

import dev.idem.dropwizard.tested.TestedLayer;
import dev.idem.dropwizard.tested.TestedStarts;
import java.util.Optional;

/**
 * The next start of an application on each thread, if a test wants its records in memory. Static, since the application makes its bundles
 * itself: nothing else reaches from a test to them.
 */
public final class MemoryStarts implements TestedStarts {
    private static final ThreadLocal<Optional<TestedLayer>> NEXT = ThreadLocal.withInitial(Optional::empty);

    /** For {@link java.util.ServiceLoader}. */
    public MemoryStarts() {}

    static void next(TestedLayer layer) {
        NEXT.set(Optional.of(layer));
    }

    static void none() {
        NEXT.remove();
    }

    @Override
    public Optional<TestedLayer> take() {
        Optional<TestedLayer> next = NEXT.get();
        NEXT.remove();
        return next;
    }
}
