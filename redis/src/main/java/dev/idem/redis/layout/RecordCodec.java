package dev.idem.redis.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.unreadable.NewerReleaseException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes the value that the scripts read and write. Only {@code record.lua} also knows its layout. Stateless. */
public final class RecordCodec {
    private static final byte VERSION = 1;

    /** Versions are counted, so no text begins like one. */
    private static final byte FIRST_LETTER = 32;

    private static final byte PROCESSING = 'P';
    private static final byte COMPLETED = 'C';
    private static final int OWNER_BYTES = 16;
    private static final int FINGERPRINT = 18;
    private static final int CLAIMED_AT = 62;
    private static final int COMPLETED_AT = 86;
    private static final int ORIGIN = 102;
    private static final int ANSWER_AT_LEAST = ORIGIN + Short.BYTES;

    private RecordCodec() {}

    /** One after the other, as in a tombstone. */
    public static byte[] owners(Collection<UUID> owners) {
        ByteBuffer all = ByteBuffer.allocate(OWNER_BYTES * owners.size());
        owners.forEach(owner -> all.put(owner(owner)));
        return all.array();
    }

    public static byte[] owner(UUID owner) {
        return ByteBuffer.allocate(OWNER_BYTES)
                .putLong(owner.getMostSignificantBits())
                .putLong(owner.getLeastSignificantBits())
                .array();
    }

    /** Node and route, each prefixed with its length. */
    public static byte[] origin(ClaimOrigin origin) {
        byte[] node = origin.node().getBytes(UTF_8);
        byte[] route = origin.route().getBytes(UTF_8);
        return ByteBuffer.allocate(4 + node.length + route.length)
                .putShort((short) node.length)
                .put(node)
                .putShort((short) route.length)
                .put(route)
                .array();
    }

    public static boolean isCompleted(byte[] value) {
        return value.length >= ANSWER_AT_LEAST && value[0] == VERSION && value[1] == COMPLETED;
    }

    public static Fingerprint fingerprint(byte[] value) {
        return new Fingerprint(Arrays.copyOfRange(value, FINGERPRINT, FINGERPRINT + Fingerprint.LENGTH));
    }

    /** @throws IllegalArgumentException if the value has no answer of a known version */
    public static Claim.Replay replay(byte[] value, Optional<Duration> remaining) {
        return new Claim.Replay(answer(value), completedAt(value), RedisKeys.STORE, remaining);
    }

    /** A record as a value without its instants. A script sets them by Redis's clock. */
    public static byte[] encode(StoredRecord record) {
        return encode(
                record.owner(),
                record.fingerprint(),
                record.fencing(),
                record.attempt(),
                record.lockTimeout(),
                record.window(),
                record.origin(),
                record.answer());
    }

    /** A completed record, as {@link #encode(StoredRecord)}. */
    public static byte[] encode(Lease lease, Answer answer) {
        ClaimRequest request = lease.request();
        return encode(
                lease.owner(),
                request.fingerprint(),
                lease.fencing(),
                lease.attempt(),
                request.lockTimeout(),
                request.windowLength(),
                request.origin(),
                Optional.of(answer));
    }

    private static byte[] encode(
            UUID owner,
            Fingerprint fingerprint,
            long fencing,
            int attempt,
            Duration lockTimeout,
            Optional<Duration> window,
            ClaimOrigin from,
            Optional<Answer> answer) {
        byte[] origin = origin(from);
        byte[] stored = answer.map(AnswerCodec::encode).orElseGet(() -> new byte[0]);
        return ByteBuffer.allocate(ORIGIN + 2 + origin.length + stored.length)
                .put(VERSION)
                .put(answer.isPresent() ? COMPLETED : PROCESSING)
                .put(owner(owner))
                .put(fingerprint.buffer())
                .putLong(fencing)
                .putInt(attempt)
                .putLong(0)
                .putLong(0)
                .putLong(lockTimeout.toMillis())
                .putLong(0)
                .putLong(window.map(Duration::toMillis).orElse(0L))
                .putShort((short) origin.length)
                .put(origin)
                .put(stored)
                .array();
    }

    public static Answer answer(byte[] value) {
        if (value.length < ANSWER_AT_LEAST) {
            throw cutShort();
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        moveTo(bytes, answerAt(bytes));
        return AnswerCodec.decode(bytes);
    }

    public static Instant completedAt(byte[] value) {
        return instant(ByteBuffer.wrap(value).getLong(COMPLETED_AT));
    }

    public static Instant instant(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }

    /**
     * The fixed part of a record.
     *
     * @param windowMillis 0 for a record without a window
     */
    public record Head(
            boolean completed,
            long claimedAtMicros,
            long heartbeatAtMicros,
            long lockTimeoutMillis,
            long windowMillis) {}

    /** @return empty if this is not the beginning of a record of a known version */
    public static Optional<Head> head(byte[] beginning) {
        if (beginning.length < ORIGIN || beginning[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(beginning);
        boolean completed = bytes.get(1) == COMPLETED;
        bytes.position(CLAIMED_AT);
        long claimedAt = bytes.getLong();
        long heartbeatAt = bytes.getLong();
        long lockTimeout = bytes.getLong();
        bytes.getLong(); // completed at
        return Optional.of(new Head(completed, claimedAt, heartbeatAt, lockTimeout, bytes.getLong()));
    }

    /** @throws IllegalArgumentException if the value is no record of a known version */
    public static StoredRecord decode(RecordId id, byte[] value, long remainingMillis, long nowMicros) {
        RecordHead head = decodeHead(id, value, value.length, remainingMillis, nowMicros);
        return head.with(head.answerSummary().map(completed -> answer(value)));
    }

    /**
     * Decodes a record's head.
     *
     * @param beginning the value up to the first {@link AnswerCodec#HEAD_BYTES} of its answer, or more
     * @param length of the whole value
     * @throws IllegalArgumentException if this is not the beginning of a record of a known version
     */
    public static RecordHead decodeHead(
            RecordId id, byte[] beginning, long length, long remainingMillis, long nowMicros) {
        if (beginning.length == 0) {
            throw new IllegalArgumentException(
                    "it is of another type than a stored record, or is cut short to nothing");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(beginning);
            byte version = bytes.get();
            if (version > VERSION && version < FIRST_LETTER) {
                throw new NewerReleaseException("a record of version " + version);
            }
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "a record of version " + version + " needs a newer release, or another program wrote it");
            }
            boolean completed = bytes.get() == COMPLETED;
            UUID owner = new UUID(bytes.getLong(), bytes.getLong());
            byte[] fingerprint = new byte[Fingerprint.LENGTH];
            bytes.get(fingerprint);
            long fencing = bytes.getLong();
            int attempt = bytes.getInt();
            Instant claimedAt = instant(bytes.getLong());
            Instant heartbeatAt = instant(bytes.getLong());
            Duration lockTimeout = Duration.ofMillis(bytes.getLong());
            Instant completedAt = instant(bytes.getLong());
            long window = bytes.getLong();
            bytes.getShort();
            ClaimOrigin origin = new ClaimOrigin(text(bytes), text(bytes));
            int answerAt = answerAt(bytes);
            moveTo(bytes, answerAt);
            return new RecordHead(
                    id,
                    new Fingerprint(fingerprint),
                    owner,
                    fencing,
                    attempt,
                    origin,
                    claimedAt,
                    heartbeatAt,
                    lockTimeout,
                    window == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(window)),
                    completed ? Optional.of(completedAt) : Optional.empty(),
                    instant(nowMicros).plusMillis(remainingMillis),
                    completed ? Optional.of(AnswerCodec.summary(bytes)) : Optional.empty(),
                    completed ? length - answerAt : 0,
                    instant(nowMicros));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a stored record is cut short", e);
        }
    }

    /** The first bytes of the values of records in a state; empty for any. */
    public static byte[] beginning(@Nullable RecordState state) {
        return state == null
                ? new byte[0]
                : new byte[] {VERSION, state.stored() == StoredRecord.State.COMPLETED ? COMPLETED : PROCESSING};
    }

    private static int answerAt(ByteBuffer value) {
        return ANSWER_AT_LEAST + Short.toUnsignedInt(value.getShort(ORIGIN));
    }

    private static void moveTo(ByteBuffer bytes, int position) {
        if (position > bytes.limit()) {
            throw cutShort();
        }
        bytes.position(position);
    }

    private static IllegalArgumentException cutShort() {
        return new IllegalArgumentException("a stored record is cut short");
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
