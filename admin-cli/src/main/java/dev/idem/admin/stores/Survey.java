package dev.idem.admin.stores;

import java.util.List;

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
}
