package dev.idem.verification.scale;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.store.AnswerCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** The records of a plan, each computed from its number: the same for both stores. Immutable. */
public final class RecordSeries {
    /** The scope of half of all records. */
    public static final Scope LARGE_SCOPE = new Scope("user:large");

    /** Larger than any number of records and prime, so a multiplication by it shuffles the records. */
    private static final long SHUFFLE = 2_654_435_761L;

    private static final Duration CLAIMED_WITHIN = Duration.ofHours(12);
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMillis(100);
    private static final ClaimOrigin ORIGIN = new ClaimOrigin("4242@filled", "POST /orders");
    private static final int LARGE_ANSWER = 1 << 20;
    private static final int RECORDS_OF_A_SCOPE = 100;

    private final FillPlan plan;
    private final Instant now;
    private final Answer usual;
    private final Answer large;

    /** @param now the present moment, to which all ages are relative */
    public RecordSeries(FillPlan plan, Instant now) {
        this.plan = plan;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
        this.usual = answer(plan.answerBytes());
        this.large = answer(LARGE_ANSWER);
    }

    private static Answer answer(int stored) {
        List<Header> headers = List.of(new Header("Content-Type", "text/plain"));
        int around = AnswerCodec.encode(new RecordedResponse(201, headers, new byte[0])).length;
        byte[] body = new byte[stored - around];
        new Random(1).nextBytes(body);
        return new RecordedResponse(201, headers, body);
    }

    /** How many records there are. */
    public int size() {
        return plan.records();
    }

    /** @param number from 0 on, in the order of their claims */
    public StoredRecord record(int number) {
        long rank = number * SHUFFLE % plan.records();
        int processing = plan.processing();
        int silent = processing + plan.stale();
        int held = silent + plan.held();
        int withoutKey = held + plan.withoutKey();
        if (rank < processing) {
            return record(number, Kind.PROCESSING);
        } else if (rank < silent) {
            return record(number, Kind.STALE);
        } else if (rank < held) {
            return record(number, Kind.HELD);
        } else if (rank < withoutKey) {
            return record(number, Kind.WITHOUT_KEY);
        }
        return record(number, rank < withoutKey + plan.large() ? Kind.LARGE : Kind.USUAL);
    }

    private enum Kind {
        PROCESSING,
        STALE,
        HELD,
        WITHOUT_KEY,
        LARGE,
        USUAL
    }

    private StoredRecord record(int number, Kind kind) {
        boolean executing = kind == Kind.PROCESSING || kind == Kind.STALE;
        Instant claimed = kind == Kind.PROCESSING ? now : claimedAt(number);
        Fingerprint fingerprint = fingerprint(number);
        Duration lockTimeout = kind == Kind.PROCESSING ? SILENCE : LOCK_TIMEOUT;
        return new StoredRecord(
                kind == Kind.WITHOUT_KEY
                        ? RecordId.of(scope(number), fingerprint)
                        : new RecordId(scope(number), key(number)),
                fingerprint,
                new UUID(mixed(number, 5), mixed(number, 6)),
                ChronoUnit.MICROS.between(Instant.EPOCH, claimed),
                1,
                ORIGIN,
                claimed,
                claimed,
                lockTimeout,
                kind == Kind.WITHOUT_KEY ? Optional.of(WINDOW) : Optional.empty(),
                executing ? Optional.empty() : Optional.of(claimed),
                (executing ? now.plus(lockTimeout) : claimed).plus(LIFE),
                answer(kind),
                now);
    }

    private Optional<Answer> answer(Kind kind) {
        return switch (kind) {
            case PROCESSING, STALE -> Optional.empty();
            case HELD -> Optional.of(AnswerNotStored.OUTCOME_UNKNOWN);
            case LARGE -> Optional.of(large);
            case WITHOUT_KEY, USUAL -> Optional.of(usual);
        };
    }

    /** Evenly from twelve hours to one hour ago. */
    private Instant claimedAt(int number) {
        Duration span = CLAIMED_WITHIN.minus(SILENCE);
        long micros = span.toNanos() / 1_000 / plan.records() * number;
        return now.minus(CLAIMED_WITHIN).plus(micros, ChronoUnit.MICROS);
    }

    private Scope scope(int number) {
        return number % 2 == 0
                ? LARGE_SCOPE
                : new Scope("user:" + number % Math.max(1, plan.records() / RECORDS_OF_A_SCOPE));
    }

    /** A long key differs from others at its end only. */
    private String key(int number) {
        String random = new UUID(mixed(number, 1), mixed(number, 2)).toString();
        return "k".repeat(plan.keyLength() - random.length()) + random;
    }

    private static Fingerprint fingerprint(int number) {
        ByteBuffer digest = ByteBuffer.allocate(Fingerprint.LENGTH);
        for (int part = 0; part < Fingerprint.LENGTH / Long.BYTES; part++) {
            digest.putLong(mixed(number, 10 + part));
        }
        return new Fingerprint(digest.array());
    }

    /** The mixing step of SplitMix64 (Steele, Lea and Flood, 2014): different numbers for different arguments. */
    private static long mixed(int number, int purpose) {
        long z = ((long) purpose << Integer.SIZE | number) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
