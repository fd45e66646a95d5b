package dev.idem.core.operations;

import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The stores' replies to one call.
 *
 * @param replies the replies of the stores that answered
 * @param unavailable the stores that did not answer
 */
public record StoreReplies<T>(List<Reply<T>> replies, List<UnavailableStore> unavailable) {

    /** One store's reply. */
    public record Reply<T>(String store, T value) {}

    public StoreReplies {
        replies = List.copyOf(replies);
        unavailable = List.copyOf(unavailable);
    }

    /** No store was called. */
    static <T> StoreReplies<T> none() {
        return new StoreReplies<>(List.of(), List.of());
    }

    static <T> StoreReplies<T> of(String store, T value) {
        return new StoreReplies<>(List.of(new Reply<>(store, value)), List.of());
    }

    static <T> StoreReplies<T> unavailable(StoreUnavailableException failure) {
        return new StoreReplies<>(List.of(), List.of(UnavailableStore.of(failure)));
    }

    /** The parts of all replies, in the order of the replies. */
    <U> List<U> flatten(BiFunction<String, T, Stream<U>> parts) {
        return replies.stream()
                .flatMap(reply -> parts.apply(reply.store(), reply.value()))
                .toList();
    }

    boolean anyMatch(Predicate<T> condition) {
        return replies.stream().map(Reply::value).anyMatch(condition);
    }

    StoreReplies<T> and(StoreReplies<T> others) {
        return new StoreReplies<>(concat(replies, others.replies), concat(unavailable, others.unavailable));
    }

    private static <E> List<E> concat(List<E> first, List<E> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
