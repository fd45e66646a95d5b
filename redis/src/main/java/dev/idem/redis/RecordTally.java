package dev.idem.redis;

import dev.idem.core.store.RecordStatistics;
import dev.idem.redis.layout.RecordCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Adds up what {@code glance.lua} returns. For one thread. */
final class RecordTally {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);
    private static final long HOUR = TimeUnit.HOURS.toMicros(1);
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    private long processing;
    private long completed;
    private long withoutKey;
    private long underMinute;
    private long underHour;
    private long underDay;
    private long stale;
    private long sampled;
    private long sampledBytes;

    /** Ignores a record that was removed meanwhile, or that is of another release. */
    void add(Object reply) {
        List<?> glimpse = (List<?>) reply;
        long now = (Long) glimpse.get(1);
        RecordCodec.head((byte[]) glimpse.get(0)).ifPresent(head -> add(head, now));
    }

    private void add(RecordCodec.Head head, long now) {
        long age = now - head.claimedAtMicros();
        if (head.completed()) {
            completed++;
        } else {
            processing++;
            stale += now - head.heartbeatAtMicros() > head.lockTimeoutMillis() * MICROS_PER_MILLI ? 1 : 0;
        }
        withoutKey += head.windowMillis() > 0 ? 1 : 0;
        underMinute += age < MINUTE ? 1 : 0;
        underHour += age >= MINUTE && age < HOUR ? 1 : 0;
        underDay += age >= HOUR && age < DAY ? 1 : 0;
    }

    /** @param bytes that a record takes, null if it was removed meanwhile, or nobody knows */
    void sample(@Nullable Long bytes) {
        if (bytes != null) {
            sampled++;
            sampledBytes += bytes;
        }
    }

    long total() {
        return processing + completed;
    }

    RecordStatistics result(boolean whole) {
        long older = total() - underMinute - underHour - underDay;
        return new RecordStatistics(
                processing,
                completed,
                total() - withoutKey,
                withoutKey,
                new RecordStatistics.Ages(underMinute, underHour, underDay, older),
                stale,
                0,
                sampled == 0 ? 0 : sampledBytes * total() / sampled,
                whole,
                false);
    }
}
