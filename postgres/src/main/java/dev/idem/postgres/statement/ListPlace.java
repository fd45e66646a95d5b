package dev.idem.postgres.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ended: the last row's place in the order of the primary key, and in the order of heartbeats. The row need
 * not be a record.
 *
 * @param heartbeatMicros microseconds since 1970
 * @param scope empty for the begin of a list
 * @param key empty for the begin of a list
 */
public record ListPlace(long heartbeatMicros, String scope, String key) {
    public static final ListPlace BEGIN = new ListPlace(0, "", "");

    private static final char SEPARATOR = '\n';

    /** The year 5138; no list is in the order of a later heartbeat. */
    private static final long LATEST = 99_999_999_999_999_999L;

    static ListPlace of(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime heartbeat = row.getObject("heartbeat_at", OffsetDateTime.class);
        return new ListPlace(
                heartbeat == null ? 0 : micros(heartbeat.toInstant()), row.getString("scope"), row.getString("key"));
    }

    private static long micros(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.isAfter(Instant.EPOCH.plus(LATEST, ChronoUnit.MICROS))
                ? LATEST
                : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** @throws IllegalArgumentException if this is no cursor */
    public static ListPlace parse(String cursor) {
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("\n", 3);
        if (parts.length != 3 || !parts[0].matches("\\d{1,17}") || !parts[1].matches("\\d{1,9}")) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        int scope = Integer.parseInt(parts[1]);
        if (scope > parts[2].length() || parts[2].indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        return new ListPlace(Long.parseLong(parts[0]), parts[2].substring(0, scope), parts[2].substring(scope));
    }

    public String cursor() {
        String text = Long.toString(heartbeatMicros) + SEPARATOR + scope.length() + SEPARATOR + scope + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
