package dev.idem.verification.scale;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Records as the scripts write them, but without scripts. Immutable. */
final class RecordValues {
    private static final int CLAIMED_AT = 62;
    private static final int HEARTBEAT_AT = 70;
    private static final int COMPLETED_AT = 86;

    private final RedisKeys keys;

    /** @param keyPrefix the prefix of all our keys */
    RecordValues(String keyPrefix) {
        this.keys = new RedisKeys(keyPrefix);
    }

    /** The Redis key of a record. */
    byte[] nameOf(RecordId id) {
        return keys.nameOf(id);
    }

    /** The value of a record. Its instants are stored unchanged, as if they were by Redis's clock. */
    byte[] valueOf(StoredRecord record) {
        byte[] value = RecordCodec.encode(record);
        ByteBuffer bytes = ByteBuffer.wrap(value);
        bytes.putLong(CLAIMED_AT, micros(record.claimedAt()));
        bytes.putLong(HEARTBEAT_AT, micros(record.heartbeatAt()));
        bytes.putLong(
                COMPLETED_AT, record.completedAt().map(RecordValues::micros).orElse(0L));
        return value;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
