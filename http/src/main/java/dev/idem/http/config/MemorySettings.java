package dev.idem.http.config;

import dev.idem.core.budget.MemoryShares;
import dev.idem.http.policy.RoutePolicy;
import io.dropwizard.util.DataSize;
import org.jspecify.annotations.Nullable;

/** Reads and validates {@code idempotency.memoryBudget}, {@code .bodyMemory} and {@code .nearCache}. */
final class MemorySettings {
    private MemorySettings() {}

    /** @throws IllegalArgumentException naming the key and what it should be */
    static MemoryShares shares(
            @Nullable DataSize memoryBudget, @Nullable DataSize bodyMemory, @Nullable DataSize nearCache) {
        long heap = Runtime.getRuntime().maxMemory();
        long most = heap / 4 * 3;
        long total = memoryBudget == null ? MemoryShares.usualTotal(heap) : memoryBudget.toBytes();
        if (total <= 0 || total > most) {
            throw new IllegalArgumentException(
                    "idempotency.memoryBudget must be more than 0 and at most three quarters of the heap, " + most
                            + " bytes here, not " + memoryBudget);
        }
        long bodies = bodyMemory == null ? total / 2 : bodyMemory.toBytes();
        if (bodies <= 0 || bodies > MemoryShares.mostBodies(total)) {
            throw new IllegalArgumentException(
                    "idempotency.bodyMemory must be more than 0 and at most three quarters of idempotency.memoryBudget, "
                            + MemoryShares.mostBodies(total) + " bytes here, not " + bodyMemory);
        }
        if (nearCache != null && nearCache.toBytes() > total) {
            throw new IllegalArgumentException("idempotency.nearCache must be at most idempotency.memoryBudget, "
                    + total + " bytes here, not " + nearCache);
        }
        return new MemoryShares(total, bodies, nearCache == null ? 0 : nearCache.toBytes());
    }

    /**
     * Checks a policy against the body memory.
     *
     * @param place its place in the file, such as {@code gateway.routes[0].policy.}
     * @throws IllegalArgumentException if its largest request or answer does not fit
     */
    static void requireRoom(MemoryShares shares, String place, RoutePolicy rules) {
        long largest = Math.max(rules.maxRequestBody(), rules.stored().maxBody());
        if (2 * largest > shares.bodies()) {
            throw new IllegalArgumentException("idempotency.bodyMemory must be at least twice " + place
                    + "maxRequestBody and twice " + place + "maxStoredBody, which is " + 2 * largest
                    + " bytes, and is " + shares.bodies()
                    + " bytes (default: half of idempotency.memoryBudget): set it, give the process more heap (-Xmx),"
                    + " or lower these limits");
        }
    }
}
