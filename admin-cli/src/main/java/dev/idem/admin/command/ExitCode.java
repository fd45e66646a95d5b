package dev.idem.admin.command;

import dev.idem.core.operations.UnavailableStore;
import java.util.List;

/** The program's exit codes. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int NOTHING_FOUND = 3;

    private ExitCode() {}

    /** Nothing is found only if every store has answered. */
    static int ofSearch(List<UnavailableStore> unavailable, boolean found) {
        return found ? DONE : unavailable.isEmpty() ? NOTHING_FOUND : FAILED;
    }

    /** A change is done only if every store has answered. */
    static int ofChange(List<UnavailableStore> unavailable) {
        return unavailable.isEmpty() ? DONE : FAILED;
    }
}
