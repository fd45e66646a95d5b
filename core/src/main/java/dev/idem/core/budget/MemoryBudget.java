package dev.idem.core.budget;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The memory of one process for requests, answers and records. Each part keeps to its limit by itself and shows here
 * what it uses. Thread-safe.
 */
public final class MemoryBudget {
    private final MemoryShares shares;
    private final Map<MemoryPart, LongSupplier> used = new ConcurrentHashMap<>();

    public MemoryBudget(MemoryShares shares) {
        this.shares = shares;
    }

    /** @param bytes says how much the part uses now; called often, on any thread */
    public void watch(MemoryPart part, LongSupplier bytes) {
        used.put(part, bytes);
    }

    /** Bytes that the part uses now; 0 if nothing shows it. */
    public long used(MemoryPart part) {
        return used.getOrDefault(part, () -> 0).getAsLong();
    }

    /** Bytes that the part may use now. For the near cache this is what the other parts leave to it. */
    public long limit(MemoryPart part) {
        long limit = shares.limit(part);
        return part == MemoryPart.NEAR_CACHE ? Math.min(limit, unused()) : limit;
    }

    /** The whole budget, bytes. */
    public long total() {
        return shares.total();
    }

    private long unused() {
        long left = shares.total();
        for (Map.Entry<MemoryPart, LongSupplier> each : used.entrySet()) {
            if (each.getKey() != MemoryPart.NEAR_CACHE) {
                left -= each.getValue().getAsLong();
            }
        }
        return Math.max(0, left);
    }
}
