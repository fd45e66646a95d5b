package dev.idem.core.operations;

import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Redis and PostgreSQL, and which of them is authoritative. An unavailable store does not keep the other from
 * answering. Thread-safe.
 */
public final class RecordStores {
    private final RecordAdministration redis;
    private final RecordAdministration postgres;
    private final Supplier<Authority> authority;
    private final BiFunction<String, RuntimeException, Optional<StoreUnavailableException>> translation;

    /**
     * @param translation receives a store's name and a failure that is not a {@link StoreUnavailableException}. It
     *     recognises failures that also mean an unavailable store, such as a missing table
     */
    public RecordStores(
            RecordAdministration redis,
            RecordAdministration postgres,
            Supplier<Authority> authority,
            BiFunction<String, RuntimeException, Optional<StoreUnavailableException>> translation) {
        this.redis = redis;
        this.postgres = postgres;
        this.authority = authority;
        this.translation = translation;
    }

    /** The same stores, as one operation sees them that tells what it could not read. */
    public RecordStores reporting(UnreadableRecords unreadable) {
        return new RecordStores(redis.reporting(unreadable), postgres.reporting(unreadable), authority, translation);
    }

    /** Which store is authoritative now. */
    public Authority authority() {
        return authority.get();
    }

    /** The store that is authoritative on most routes; PostgreSQL if unknown. */
    public RecordAdministration authoritative() {
        return authority().usual().map(this::named).orElse(postgres);
    }

    /** @throws IllegalArgumentException if there is no store of this name */
    public RecordAdministration named(String name) {
        return Stream.of(redis, postgres)
                .filter(store -> store.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no store " + name));
    }

    RecordAdministration redis() {
        return redis;
    }

    RecordAdministration postgres() {
        return postgres;
    }

    /**
     * Asks one store about many records. A store that lacks a part of its servers is unavailable: what the others have is never
     * taken for all.
     *
     * @throws StoreUnavailableException if it is unavailable
     */
    public <T> T require(RecordAdministration store, Function<RecordAdministration, T> question) {
        return requireOfRecord(store, whole -> {
            whole.requireWhole();
            return question.apply(whole);
        });
    }

    /**
     * Asks one store about one record, or about records that it has shown. The server that has it is enough.
     *
     * @throws StoreUnavailableException if it is unavailable
     */
    public <T> T requireOfRecord(RecordAdministration store, Function<RecordAdministration, T> question) {
        try {
            return question.apply(store);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw translation
                    .apply(store.name(), e)
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
    }

    /** {@linkplain #require Asks} both stores, one after the other, the second even if the first is unavailable. */
    public <T> StoreReplies<T> ask(Function<RecordAdministration, T> question) {
        return attempt(redis, question).and(attempt(postgres, question));
    }

    /**
     * Makes a second call to the stores that answered, based on their reply. The authoritative store is last: while it
     * has the record, nobody else claims the key. Stores that were unavailable before still count as unavailable.
     */
    <T, U> StoreReplies<U> askAgain(StoreReplies<T> earlier, BiFunction<RecordAdministration, T, U> question) {
        String last = authority().usual().orElse(redis.name());
        StoreReplies<U> later = new StoreReplies<>(List.of(), earlier.unavailable());
        for (StoreReplies.Reply<T> reply : earlier.replies().stream()
                .sorted(Comparator.comparing(
                        (StoreReplies.Reply<T> one) -> one.store().equals(last)))
                .toList()) {
            later = later.and(attemptOfRecord(named(reply.store()), store -> question.apply(store, reply.value())));
        }
        return later;
    }

    /** Asks both stores about one record. */
    <T> StoreReplies<T> askOfRecord(Function<RecordAdministration, T> question) {
        return askOfRecord(List.of(), question);
    }

    /** The same, without stores that are known to be unavailable; they still count as unavailable. */
    <T> StoreReplies<T> askOfRecord(List<UnavailableStore> known, Function<RecordAdministration, T> question) {
        StoreReplies<T> replies = new StoreReplies<>(List.of(), known);
        for (RecordAdministration store : List.of(redis, postgres)) {
            if (known.stream().noneMatch(away -> away.store().equals(store.name()))) {
                replies = replies.and(attemptOfRecord(store, question));
            }
        }
        return replies;
    }

    /** As {@link #ask}, for one store. */
    <T> StoreReplies<T> attempt(RecordAdministration store, Function<RecordAdministration, T> question) {
        return reply(store.name(), () -> require(store, question));
    }

    /** As {@link #askOfRecord}, for one store. */
    <T> StoreReplies<T> attemptOfRecord(RecordAdministration store, Function<RecordAdministration, T> question) {
        return reply(store.name(), () -> requireOfRecord(store, question));
    }

    private static <T> StoreReplies<T> reply(String store, Supplier<T> question) {
        try {
            return StoreReplies.of(store, question.get());
        } catch (StoreUnavailableException e) {
            return StoreReplies.unavailable(e);
        } catch (UnreadableRecordException e) {
            return new StoreReplies<>(List.of(), List.of(UnavailableStore.of(e.record())));
        }
    }
}
