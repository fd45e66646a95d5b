package dev.idem.admin.stores;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the stores said to one question.
 *
 * @param answers of those that answered
 */
public record StoreReplies<T>(List<Reply<T>> answers, List<UnavailableStore> unavailable) {

    /**
     * One store's answer.
     *
     * @param store its name
     */
    public record Reply<T>(String store, T answer) {}

    public StoreReplies {
        answers = List.copyOf(answers);
        unavailable = List.copyOf(unavailable);
    }

    /** What other stores said, after what these did. */
    StoreReplies<T> and(StoreReplies<T> others) {
        return new StoreReplies<>(concat(answers, others.answers), concat(unavailable, others.unavailable));
    }

    private static <E> List<E> concat(List<E> first, List<E> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
