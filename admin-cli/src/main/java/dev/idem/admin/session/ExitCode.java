package dev.idem.admin.session;

import dev.idem.core.operations.UnavailableStore;
import java.util.List;

/** The program's exit codes. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int NOTHING_FOUND = 3;

    private ExitCode() {}

    /** Nothing is found only if every store has answered. */
    public static int ofSearch(List<UnavailableStore> unavailable, boolean found) {
        return found ? DONE : unavailable.isEmpty() ? NOTHING_FOUND : FAILED;
    }

    /** As {@link #ofSearch(List, boolean)}, of a search that may have left something out. */
    public static int ofSearch(List<UnavailableStore> unavailable, boolean found, boolean partial) {
        return !found && partial ? FAILED : ofSearch(unavailable, found);
    }

    /** A change is done only if every store has answered. */
    public static int ofChange(List<UnavailableStore> unavailable) {
        return unavailable.isEmpty() ? DONE : FAILED;
    }
}
