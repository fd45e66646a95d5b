package dev.idem.admin.session;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.List;

/** The program's exit codes. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int NOTHING_FOUND = 3;

    private ExitCode() {}

    /** What was left out because it is no record makes a result incomplete, and this its exit code. */
    public static int unless(UnreadableRecords.Summary unreadable, int code) {
        return unreadable.none() ? code : FAILED;
    }

    /** A search is done, and nothing is there, only if every store has answered. */
    public static int ofSearch(List<UnavailableStore> unavailable, boolean found) {
        return unavailable.isEmpty() ? (found ? DONE : NOTHING_FOUND) : FAILED;
    }

    /**
     * As {@link #ofSearch(List, boolean)}.
     *
     * @param cut whether the search has left something out by itself; then it has failed only if it found nothing
     */
    public static int ofSearch(List<UnavailableStore> unavailable, boolean found, boolean cut) {
        return !found && cut ? FAILED : ofSearch(unavailable, found);
    }

    /** A change is done only if every store has answered. */
    public static int ofChange(List<UnavailableStore> unavailable) {
        return unavailable.isEmpty() ? DONE : FAILED;
    }
}
