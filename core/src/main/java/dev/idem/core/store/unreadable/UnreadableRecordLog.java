package dev.idem.core.store.unreadable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what could not be read to the log, one line a minute at most: a scan may find many, and each time again. Thread-safe. */
public final class UnreadableRecordLog implements Consumer<UnreadableRecord> {
    private static final Logger log = LoggerFactory.getLogger(UnreadableRecordLog.class);
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    @Override
    public void accept(UnreadableRecord record) {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due >= 0 && next.compareAndSet(due, now + EVERY)) {
            log.warn("{} could not be read, and was skipped; see idem-admin list", record);
        }
    }
}
