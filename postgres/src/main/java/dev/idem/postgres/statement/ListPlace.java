package dev.idem.postgres.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Where a page of a list ended: the last record's place in the order of the primary key, and in the order of heartbeats.
 *
 * @param heartbeatMicros microseconds since 1970
 * @param scope empty for the begin of a list
 * @param key empty for the begin of a list
 */
public record ListPlace(long heartbeatMicros, String scope, String key) {
    public static final ListPlace BEGIN = new ListPlace(0, "", "");

    private static final char SEPARATOR = '\n';

    public static ListPlace of(RecordHead last) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, last.heartbeatAt());
        return new ListPlace(micros, last.id().scope().value(), last.id().key());
    }

    /** @throws IllegalArgumentException if this is no cursor */
    public static ListPlace parse(String cursor) {
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII).split("\n", 3);
        if (parts.length != 3 || !parts[0].matches("\\d{1,17}")) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        RecordId last = new RecordId(new Scope(parts[1]), parts[2]);
        return new ListPlace(Long.parseLong(parts[0]), last.scope().value(), last.key());
    }

    public String cursor() {
        String text = Long.toString(heartbeatMicros) + SEPARATOR + scope + SEPARATOR + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
    }
}
