package dev.idem.admin.session;

import dev.idem.core.operations.UnavailableStore;
import org.jspecify.annotations.Nullable;

/** The JSON of a command that has no result to show. */
public record FailureView(Cause error) {

    /**
     * Why there is none.
     *
     * @param message a sentence, as on the standard error
     * @param store that is unavailable; null if it is not for a store
     * @param kind the reason as a word, see {@link UnavailableStore#kind()}
     */
    public record Cause(
            String message,
            @Nullable String store,
            @Nullable String kind) {}

    public static FailureView of(String message) {
        return new FailureView(new Cause(message, null, null));
    }

    public static FailureView of(String message, UnavailableStore store) {
        return new FailureView(new Cause(message, store.store(), store.kind()));
    }
}
