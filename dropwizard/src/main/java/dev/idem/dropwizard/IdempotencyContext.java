package dev.idem.dropwizard;

import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a resource method may know of the request it serves; take it as a parameter: {@code @Context IdempotencyContext}.
 * Immutable.
 */
public final class IdempotencyContext {
    private final @Nullable Lease lease;
    private final String seed;

    private IdempotencyContext(@Nullable Lease lease, String seed) {
        this.lease = lease;
        this.seed = seed;
    }

    /** A request that executes under a lease. */
    public static IdempotencyContext of(Lease lease) {
        return new IdempotencyContext(
                lease, lease.id().scope() + "\n" + lease.id().key());
    }

    /** A request that no key protects. */
    public static IdempotencyContext unprotected() {
        return new IdempotencyContext(null, UUID.randomUUID().toString());
    }

    /** The client's key; empty for a request that no key protects. */
    public Optional<String> key() {
        return held().map(held -> held.id().key());
    }

    /** Whose key it is; empty for a request that no key protects. */
    public Optional<Scope> scope() {
        return held().map(held -> held.id().scope());
    }

    /** Larger than that of every earlier owner of the key; empty for a request that no key protects. */
    public OptionalLong fencingNumber() {
        return lease == null ? OptionalLong.empty() : OptionalLong.of(lease.fencing());
    }

    /** 1, or more if owners before this one died. */
    public int attempt() {
        return lease == null ? 1 : lease.attempt();
    }

    /**
     * A key for a downstream call: the same for each attempt of this request and this purpose, different for any other.
     * A request that no key protects gets a random one.
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
