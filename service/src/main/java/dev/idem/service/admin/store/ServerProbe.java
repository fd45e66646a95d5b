package dev.idem.service.admin.store;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server is available now, independently of its circuit breaker.
 *
 * @param version the version that the server reports; null if it is unavailable
 * @param latencyMs the median of three calls; null if it is unavailable
 * @param problem the reason and the remedy; null if it is available
 */
record ServerProbe(
        boolean answers,
        @Nullable String version,
        @Nullable Double latencyMs,
        @Nullable String problem) {
    private static final int TIMES = 3;
    private static final double NANOS_PER_MS = 1e6;

    /** @param version asks the server for it, in one round trip; throws {@link StoreUnavailableException} */
    static ServerProbe of(Supplier<String> version) {
        List<Double> took = new ArrayList<>();
        String answer = "";
        try {
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                answer = version.get();
                took.add((System.nanoTime() - begin) / NANOS_PER_MS);
            }
        } catch (StoreUnavailableException e) {
            UnavailableStore store = UnavailableStore.of(e);
            return new ServerProbe(false, null, null, (store.reason() + ' ' + store.advice()).strip());
        }
        Collections.sort(took);
        return new ServerProbe(true, answer, took.get(TIMES / 2), null);
    }
}
