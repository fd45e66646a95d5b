package dev.idem.service.share;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** A position in a list: the last share that was shown. Opaque to clients, and valid without limit. */
record Cursor(Instant createdAt, UUID id) {
    private static final int BYTES = 3 * Long.BYTES;

    static Cursor after(Share last) {
        return new Cursor(last.createdAt(), last.id());
    }

    /** @throws IllegalArgumentException if it is not one of ours */
    static Cursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != BYTES) {
            throw new IllegalArgumentException("a cursor has " + BYTES + " bytes");
        }
        long micros = bytes.getLong();
        if (micros < 0) {
            throw new IllegalArgumentException("no share is older than 1970, and PostgreSQL knows no day long before");
        }
        Instant createdAt = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return new Cursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
    }

    /** The form for clients. PostgreSQL's instants have microseconds, so nothing is lost. */
    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
