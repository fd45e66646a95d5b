package dev.idem.service.admin.store;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server takes writes, as this node's last probe has seen it, and what the server says of itself now.
 *
 * @param version the version that the server reports; null if it is unavailable, or does not allow this user to ask
 * @param latencyMs the median of three calls; null likewise
 * @param problem the reason and the remedy; null if it is available
 */
record ServerProbe(
        boolean answers,
        @Nullable String version,
        @Nullable Double latencyMs,
        @Nullable String problem) {
    private static final int TIMES = 3;
    private static final double NANOS_PER_MS = 1e6;

    /**
     * @param known why the node's last probe failed; empty if it succeeded
     * @param version asks the server for it, in one round trip; throws {@link StoreUnavailableException}
     */
    static ServerProbe of(Optional<StoreUnavailableException> known, Supplier<String> version) {
        if (known.isPresent()) {
            return unavailable(known.get());
        }
        List<Double> took = new ArrayList<>();
        String answer = "";
        try {
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                answer = version.get();
                took.add((System.nanoTime() - begin) / NANOS_PER_MS);
            }
        } catch (StoreUnavailableException e) {
            return e.reason() == UnavailableReason.PERMISSION
                    ? new ServerProbe(true, null, null, null)
                    : unavailable(e);
        }
        Collections.sort(took);
        return new ServerProbe(true, answer, took.get(TIMES / 2), null);
    }

    private static ServerProbe unavailable(StoreUnavailableException failure) {
        UnavailableStore store = UnavailableStore.of(failure);
        return new ServerProbe(false, null, null, (store.reason() + ' ' + store.advice()).strip());
    }
}
