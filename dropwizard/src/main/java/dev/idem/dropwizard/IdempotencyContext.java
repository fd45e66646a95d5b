package dev.idem.dropwizard;

import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency of the request that a resource method serves, as a parameter {@code @Context IdempotencyContext}.
 * Immutable.
 */
public final class IdempotencyContext {
    private final @Nullable Lease lease;
    private final boolean hasKey;
    private final String seed;

    private IdempotencyContext(@Nullable Lease lease, boolean hasKey, String seed) {
        this.lease = lease;
        this.hasKey = hasKey;
        this.seed = seed;
    }

    /** A request with a key that executes under a lease. */
    public static IdempotencyContext of(Lease lease) {
        return new IdempotencyContext(
                lease, true, lease.id().scope() + "\n" + lease.id().key());
    }

    /** A request without a key that executes under a lease: an equal request tomorrow is a new one. */
    public static IdempotencyContext withoutKey(Lease lease) {
        return new IdempotencyContext(lease, false, UUID.randomUUID().toString());
    }

    /** A request without a lease. */
    public static IdempotencyContext unprotected() {
        return new IdempotencyContext(null, false, UUID.randomUUID().toString());
    }

    /** The client's key; empty if it sent none. */
    public Optional<String> key() {
        return held().filter(held -> hasKey).map(held -> held.id().key());
    }

    /** The caller's scope; empty for a request without a lease. */
    public Optional<Scope> scope() {
        return held().map(held -> held.id().scope());
    }

    /** Larger than that of every earlier owner of the record; empty for a request without a lease. */
    public OptionalLong fencingNumber() {
        return lease == null ? OptionalLong.empty() : OptionalLong.of(lease.fencing());
    }

    /** 1, or more if earlier owners died. */
    public int attempt() {
        return lease == null ? 1 : lease.attempt();
    }

    /**
     * A key for a downstream call: equal for each attempt of this request with the same purpose, different otherwise. For a
     * request without a key it is random.
     *
     * @param purpose what the call does, such as {@code charge}; one for each call that the method makes
     * @return a UUID of version 3 (RFC 9562, section 5.3)
     */
    public String deriveKey(String purpose) {
        return UUID.nameUUIDFromBytes((seed + '\n' + purpose).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Optional<Lease> held() {
        return Optional.ofNullable(lease);
    }
}
