package dev.idem.core.operations;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.util.Arrays;

/**
 * A store that did not answer an operation.
 *
 * @param kind the reason as a word, see {@link dev.idem.core.store.UnavailableReason#label()}; or {@code unreadable} if the store
 *     is well and what it has in the place of the one record cannot be read
 * @param reason what the driver or the server says, as a sentence
 * @param advice what to do about it, as a sentence; empty if there is none
 */
public record UnavailableStore(String store, String kind, String reason, String advice) {
    private static final String UNREADABLE = "unreadable";

    public static UnavailableStore of(StoreUnavailableException failure) {
        return new UnavailableStore(
                failure.store(), failure.reason().label(), sentence(failure.why()), failure.advice());
    }

    /** What it does, for sentences that begin with its name: an error that it has sent is no absence. */
    public String verb() {
        if (kind.equals(UnavailableReason.BUSY.label())) {
            return "was not asked";
        }
        return Arrays.stream(UnavailableReason.values())
                        .anyMatch(one -> one.isRefusal() && one.label().equals(kind))
                ? "answers and refuses"
                : "is unavailable";
    }

    static UnavailableStore of(UnreadableRecord record) {
        return new UnavailableStore(
                record.store(),
                UNREADABLE,
                sentence("its record of this key cannot be read, because " + record.reason()),
                "If a repeat may execute, delete the key by force.");
    }

    /** Without what to do about it, for those who do it. */
    public UnavailableStore withoutAdvice() {
        return new UnavailableStore(store, kind, reason, "");
    }

    /** Whether only one record of the store cannot be read. */
    public boolean ofOneRecord() {
        return kind.equals(UNREADABLE);
    }

    private static String sentence(String why) {
        return why.endsWith(".") ? why : why + '.';
    }
}
