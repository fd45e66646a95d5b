package dev.idem.core.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the events that it receives. */
final class RecordingJournalListener implements JournalListener {
    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final List<Duration> lags = new CopyOnWriteArrayList<>();

    @Override
    public void written(int entries, Duration lag) {
        written.addAndGet(entries);
        lags.add(lag);
    }

    @Override
    public void dropped(int entries) {
        dropped.addAndGet(entries);
    }
}
