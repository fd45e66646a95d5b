package dev.idem.admin.command;

import dev.idem.admin.stores.StoreReplies;

/** What the program says to the shell. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int NOTHING_FOUND = 3;

    private ExitCode() {}

    /** Nothing was found only if every store could be asked. */
    static int ofSearch(StoreReplies<?> survey, boolean found) {
        if (found) {
            return DONE;
        }
        return survey.unavailable().isEmpty() ? NOTHING_FOUND : FAILED;
    }
}
