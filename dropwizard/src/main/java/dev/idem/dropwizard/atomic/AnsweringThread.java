package dev.idem.dropwizard.atomic;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The thread on which a request's answer is made. What works in the transaction is bound to it, and only this thread can undo that. Thread-safe. */
final class AnsweringThread {
    private @Nullable Thread bound;
    private @Nullable Runnable undo;

    /**
     * Binds to the present thread, unless one is bound already.
     *
     * @param binding binds, and returns what undoes it
     */
    synchronized void bind(Supplier<Runnable> binding) {
        if (bound == null) {
            undo = binding.get();
            bound = Thread.currentThread();
        }
    }

    /** Undoes it, if the present thread is the one. */
    void leave() {
        @Nullable Runnable undone;
        synchronized (this) {
            if (bound != Thread.currentThread()) {
                return;
            }
            undone = undo;
            bound = null;
            undo = null;
        }
        if (undone != null) {
            undone.run();
        }
    }

    /** Whether it is bound, and not to the present thread. */
    synchronized boolean isAnother() {
        return bound != null && bound != Thread.currentThread();
    }
}
