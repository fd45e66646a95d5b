package dev.idem.admin.checkup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/** How far a store's clock is from this machine's. No decision compares two clocks, but people who read times do. */
public final class ClockCheckup {
    private static final String SUBJECT = "clocks";
    private static final Duration MOST = Duration.ofSeconds(1);

    private ClockCheckup() {}

    /** @param clock Redis's, in microseconds since 1970 */
    static CheckResult ofRedis(LongSupplier clock) {
        return compare("redis", clock);
    }

    /** PostgreSQL's. */
    public static CheckResult ofDatabase(Jdbi jdbi) {
        return compare("postgresql", () -> DatabaseCheckup.micros(jdbi));
    }

    private static CheckResult compare(String store, LongSupplier clock) {
        long unusedOpensTheConnection = clock.getAsLong();
        long before = now();
        long there = clock.getAsLong();
        long after = now();
        long millis = (there - (before + after) / 2) / 1_000;
        String seen = millis + " ms ahead of this machine (give or take " + ((after - before) / 2_000 + 1) + " ms)";
        return Math.abs(millis) <= MOST.toMillis()
                ? CheckResult.ok(SUBJECT, store, seen)
                : CheckResult.warning(SUBJECT, store, seen, "Synchronise the clocks of both machines with NTP.");
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
