package dev.idem.service.admin.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server answers, just now and past its breaker.
 *
 * @param version as it says itself; null if it does not answer
 * @param latencyMs the middle one of three; null if it does not answer
 * @param problem why not; null if it answers
 */
record ServerProbe(
        boolean answers,
        @Nullable String version,
        @Nullable Double latencyMs,
        @Nullable String problem) {
    private static final int TIMES = 3;
    private static final double NANOS_PER_MS = 1e6;

    /** @param version asks the server for it, in one round trip */
    static ServerProbe of(Supplier<String> version) {
        List<Double> took = new ArrayList<>();
        String answer = "";
        try {
            for (int i = 0; i < TIMES; i++) {
                long begin = System.nanoTime();
                answer = version.get();
                took.add((System.nanoTime() - begin) / NANOS_PER_MS);
            }
        } catch (RuntimeException e) {
            // Whatever it is, an operator wants to read it here, where the other store's state stands.
            return new ServerProbe(false, null, null, String.valueOf(e.getMessage()));
        }
        Collections.sort(took);
        return new ServerProbe(true, answer, took.get(TIMES / 2), null);
    }
}
