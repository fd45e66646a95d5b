package dev.idem.postgres.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times and numbers that a record can have. Sums and differences of others fail, here, in PostgreSQL or in Redis. {@code
 * readable.sql} says the same. Stateless.
 */
final class RowBounds {
    /** The latest time; PostgreSQL's infinity is not a time. */
    static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static final Numbers FENCING = new Numbers("fencing", Long.MAX_VALUE - 1);
    static final Numbers ATTEMPT = new Numbers("attempt", Integer.MAX_VALUE - 1);
    static final Numbers LOCK_TIMEOUT = new Numbers("lock_timeout_ms", 100_000_000_000_000L);

    private static final Numbers WINDOW = new Numbers("window_ms", 100_000_000_000_000L);
    private static final List<Numbers> NUMBERS = List.of(FENCING, ATTEMPT, LOCK_TIMEOUT, WINDOW);
    private static final List<String> TIMES = List.of("claimed_at", "heartbeat_at", "completed_at", "expires_at");

    private RowBounds() {}

    /** A column with numbers from 0 to the highest. */
    record Numbers(String column, long highest) {
        /** The column's value, or the nearest that a record can have. */
        long of(ResultSet row) throws SQLException {
            return Math.max(0, Math.min(highest, row.getLong(column)));
        }

        private boolean has(ResultSet row) throws SQLException {
            return of(row) == row.getLong(column);
        }
    }

    /** @throws IllegalArgumentException if the row has a time or number that no record has, or lacks one */
    static void check(ResultSet row) throws SQLException {
        Optional<String> wrong = wrong(row);
        if (wrong.isPresent()) {
            throw new IllegalArgumentException("its " + wrong.get() + " is none that a record has");
        }
    }

    /** The first column with a value that no record has. */
    static Optional<String> wrong(ResultSet row) throws SQLException {
        for (Numbers numbers : NUMBERS) {
            if (!numbers.has(row)) {
                return Optional.of(numbers.column());
            }
        }
        for (String column : TIMES) {
            if (!hasTime(row, column)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    private static boolean hasTime(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null
                ? row.getString("state").equals("processing")
                : bounded(time).equals(time.toInstant());
    }

    /** The column's time, or the nearest that a record can have. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return optionalTime(row, column).orElseThrow(() -> new IllegalArgumentException("it has no " + column));
    }

    /** As {@link #time}, of a column that may be null. */
    static Optional<Instant> optionalTime(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(RowBounds::bounded);
    }

    private static Instant bounded(OffsetDateTime time) {
        Instant instant = time.toInstant();
        if (instant.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return instant.isAfter(LATEST) ? LATEST : instant;
    }
}
