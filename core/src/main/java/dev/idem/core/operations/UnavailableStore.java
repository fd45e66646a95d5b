package dev.idem.core.operations;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.Arrays;

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

    /** What it does, for sentences that begin with its name: an error that it has sent is no absence. */
    public String verb() {
        return Arrays.stream(UnavailableReason.values())
                        .anyMatch(one -> one.isRefusal() && one.label().equals(kind))
                ? "answers and refuses"
                : "is unavailable";
    }

    private static String sentence(String why) {
        return why.endsWith(".") ? why : why + '.';
    }
}
