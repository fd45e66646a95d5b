package dev.idem.core.operations;

import dev.idem.core.store.StoreUnavailableException;

/**
 * A store that did not answer an operation.
 *
 * @param kind the reason as a word, see {@link dev.idem.core.store.UnavailableReason#label()}
 * @param reason what the driver or the server says, as a sentence
 * @param advice what to do about it, as a sentence; empty if there is none
 */
public record UnavailableStore(String store, String kind, String reason, String advice) {

    public static UnavailableStore of(StoreUnavailableException failure) {
        return new UnavailableStore(
                failure.store(), failure.reason().label(), sentence(failure.why()), failure.advice());
    }

    private static String sentence(String why) {
        return why.endsWith(".") ? why : why + '.';
    }
}
