package dev.idem.dropwizard;

import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import dev.idem.dropwizard.lease.LastWord;
import dev.idem.http.decision.outcome.AnswerWord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency of a request. As a parameter {@code @Context IdempotencyContext} of a resource method it is that of the
 * method's request, in any thread. As a field or an argument of a constructor it is that of the request that the calling thread
 * serves, and each method throws {@link IllegalStateException} in a thread that serves none, or before the request has
 * been claimed: in a constructor, or in a request filter of a protected method. Thread-safe.
 */
public final class IdempotencyContext {
    private final Supplier<OfRequest> current;

    private record OfRequest(@Nullable Lease lease, boolean hasKey, Supplier<String> seed, LastWord word) {}

    /** Made when the first key is derived: few methods derive any. */
    private static final class RandomSeed implements Supplier<String> {
        private @Nullable String made;

        @Override
        public synchronized String get() {
            String seed = made == null ? UUID.randomUUID().toString() : made;
            made = seed;
            return seed;
        }
    }

    private IdempotencyContext(Supplier<OfRequest> current) {
        this.current = current;
    }

    private static IdempotencyContext of(@Nullable Lease lease, boolean hasKey, Supplier<String> seed, LastWord word) {
        OfRequest one = new OfRequest(lease, hasKey, seed, word);
        return new IdempotencyContext(() -> one);
    }

    /**
     * A request with a key that executes under a lease.
     *
     * @param word takes what the method says
     */
    public static IdempotencyContext of(Lease lease, LastWord word) {
        return of(lease, true, () -> lease.id().scope() + "\n" + lease.id().key(), word);
    }

    /** A request without a key that executes under a lease: an equal request tomorrow is a new one. */
    public static IdempotencyContext withoutKey(Lease lease, LastWord word) {
        return of(lease, false, new RandomSeed(), word);
    }

    /** A request without a lease. */
    public static IdempotencyContext unprotected() {
        return unprotected(new LastWord());
    }

    /** The same whose method says something nevertheless: an atomic one is rolled back by it. */
    public static IdempotencyContext unprotected(LastWord word) {
        return of(null, false, new RandomSeed(), word);
    }

    /** @param present is asked at each call */
    public static IdempotencyContext ofPresentRequest(Supplier<IdempotencyContext> present) {
        return new IdempotencyContext(() -> present.get().current.get());
    }

    /** The client's key; empty if it sent none. */
    public Optional<String> key() {
        OfRequest request = current.get();
        return Optional.ofNullable(request.lease())
                .filter(held -> request.hasKey())
                .map(held -> held.id().key());
    }

    /** The caller's scope; empty for a request without a lease. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(current.get().lease()).map(held -> held.id().scope());
    }

    /** Larger than that of every earlier owner of the record; empty for a request without a lease. */
    public OptionalLong fencingNumber() {
        @Nullable Lease lease = current.get().lease();
        return lease == null ? OptionalLong.empty() : OptionalLong.of(lease.fencing());
    }

    /** 1, or more if earlier owners died. */
    public int attempt() {
        @Nullable Lease lease = current.get().lease();
        return lease == null ? 1 : lease.attempt();
    }

    /**
     * Says that this request took no effect, whatever its answer is: that is not stored, and the key is free at once. What an atomic
     * method did is rolled back. Of several words the last one counts, also one of an exception mapper or a response filter. Without
     * a lease, and in shadow, there is no key to free.
     *
     * @throws IllegalStateException if the request is answered already, or given up
     */
    public void tookNoEffect() {
        current.get().word().say(AnswerWord.TOOK_NO_EFFECT);
    }

    /**
     * Says that this request took effect, and that its answer must not be kept, such as one with a secret. The client gets it; a
     * repeat gets 409 {@code response-not-stored}. What an atomic method did is committed. If it throws, that is rolled back and the
     * key is free: there is no effect to tell of. Otherwise as {@link #tookNoEffect}.
     *
     * @throws IllegalStateException if the request is answered already, or given up
     */
    public void withhold() {
        current.get().word().say(AnswerWord.WITHHOLD);
    }

    /**
     * Says that this answer is final: it is stored, also if the policy does not store its status. What an atomic method did is
     * committed, unless it throws. Otherwise as {@link #tookNoEffect}.
     *
     * @throws IllegalStateException if the request is answered already, or given up
     */
    public void store() {
        current.get().word().say(AnswerWord.STORE);
    }

    /**
     * A key for a downstream call: equal for each attempt of this request with the same purpose, different otherwise. For a
     * request without a key it is random.
     *
     * @param purpose what the call does, such as {@code charge}; one for each call that the method makes
     * @return a UUID of version 3 (RFC 9562, section 5.3)
     */
    public String deriveKey(String purpose) {
        return UUID.nameUUIDFromBytes((current.get().seed().get() + '\n' + purpose).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
