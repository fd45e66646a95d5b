package dev.idem.admin.session;

import dev.idem.core.operations.upkeep.ProgressListener;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar at a terminal for long operations; there is none in the first two seconds. Thread-safe. */
public final class Progress implements ProgressListener, AutoCloseable {
    private static final long QUIET = TimeUnit.SECONDS.toNanos(2);
    private static final int REDRAWN_AFTER_MILLIS = 200;
    private static final int WIDTH = 80;

    private final String what;
    private final PrintWriter terminal;
    private final boolean visible;
    private final long begin = System.nanoTime();
    private long about = -1;
    private @Nullable ProgressBar bar;

    Progress(String what, PrintWriter terminal, boolean visible) {
        this.what = what;
        this.terminal = terminal;
        this.visible = visible;
    }

    /** Until it is known, the bar only counts. */
    @Override
    public synchronized void outOf(long total) {
        about = total;
    }

    @Override
    public synchronized void at(long count) {
        if (bar == null && visible && System.nanoTime() - begin >= QUIET) {
            bar = draw();
        }
        if (bar != null) {
            bar.stepTo(count);
            if (about >= 0) {
                bar.maxHint(Math.max(about, count));
            }
        }
    }

    private ProgressBar draw() {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(about)
                .setUpdateIntervalMillis(REDRAWN_AFTER_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new DelegatingProgressBarConsumer(this::show, WIDTH))
                .build();
    }

    private void show(String line) {
        terminal.print('\r' + line);
        terminal.flush();
    }

    /** Takes the bar away, before something else is shown. */
    public synchronized void end() {
        if (bar != null) {
            bar.close();
            bar = null;
            show(" ".repeat(WIDTH) + '\r');
        }
    }

    @Override
    public void close() {
        end();
    }
}
