package dev.idem.admin.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** One line at a terminal that says how far a long walk is: not in the first two seconds, and a few times a second at most. */
final class Progress implements AutoCloseable {
    private static final long QUIET = TimeUnit.SECONDS.toNanos(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final String what;
    private final PrintWriter terminal;
    private final boolean visible;
    private long next = System.nanoTime() + QUIET;
    private int width;

    Progress(String what, PrintWriter terminal, boolean visible) {
        this.what = what;
        this.terminal = terminal;
        this.visible = visible;
    }

    /** @param count how many so far */
    void at(long count) {
        if (visible && System.nanoTime() - next >= 0) {
            next = System.nanoTime() + PAUSE;
            String line = what + ' ' + count + " …";
            width = Math.max(width, line.length());
            terminal.print('\r' + line);
            terminal.flush();
        }
    }

    /** Takes the line away, before something else is shown. */
    void end() {
        if (width > 0) {
            terminal.print('\r' + " ".repeat(width) + '\r');
            terminal.flush();
            width = 0;
        }
    }

    @Override
    public void close() {
        end();
    }
}
