package dev.idem.admin.stores;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the stores said to one question.
 *
 * @param answers of those that answered
 */
public record Survey<T>(List<Reply<T>> answers, List<Unavailable> unavailable) {

    /**
     * One store's answer.
     *
     * @param store its name
     */
    public record Reply<T>(String store, T answer) {}

    public Survey {
        answers = List.copyOf(answers);
        unavailable = List.copyOf(unavailable);
    }

    /** What other stores said, after what these did. */
    Survey<T> and(Survey<T> others) {
        return new Survey<>(concat(answers, others.answers), concat(unavailable, others.unavailable));
    }

    private static <E> List<E> concat(List<E> first, List<E> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
