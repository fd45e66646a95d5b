package dev.idem.core.background;

import org.jspecify.annotations.Nullable;

/**
 * Finds an {@link Error} that a library has wrapped into a failure of its own. Drivers report memory that this process
 * lacks as a failure of the server. Stateless.
 */
public final class WrappedError {
    private static final int DEEPEST = 50;

    private WrappedError() {}

    /** Throws the error among the causes of a failure; returns if there is none. Needs no memory. */
    public static void throwIfIn(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof Error error) {
                throw error;
            }
            cause = cause.getCause();
        }
    }
}
