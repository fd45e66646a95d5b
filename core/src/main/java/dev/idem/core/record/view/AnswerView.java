package dev.idem.core.record.view;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.AnswerSummary;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.ResponseSummary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer as operators see it, without the user's data. A list reads no bodies and has no values that need one.
 *
 * @param stored whether repeats get it
 * @param status null unless stored
 * @param headerCount null unless stored
 * @param bodyBytes null unless stored, and in lists
 * @param bodyHash the first 8 bytes of the body's SHA-256, to compare two bodies; null unless stored, and in lists
 * @param storedBytes in lists: how many bytes the store keeps, headers included; null elsewhere, and unless stored
 * @param notStoredReason {@code too_large}, {@code failed} or {@code outcome_unknown}; null if stored
 */
public record AnswerView(
        boolean stored,
        @Nullable Integer status,
        @Nullable Integer headerCount,
        @Nullable Integer bodyBytes,
        @Nullable String bodyHash,
        @Nullable Long storedBytes,
        @Nullable String notStoredReason) {
    private static final int HASH_BYTES = 8;

    /** The answer of a record; null while it is processing. */
    static @Nullable AnswerView of(SeenRecord record) {
        AnswerSummary head = record.answerSummary().orElse(null);
        if (head == null) {
            return null;
        }
        if (head instanceof AnswerNotStored missing) {
            String reason = missing.reason().name().toLowerCase(Locale.ROOT);
            return new AnswerView(false, null, null, null, null, null, reason);
        }
        ResponseSummary response = (ResponseSummary) head;
        return record instanceof RecordHead listed
                ? new AnswerView(
                        true, response.status(), response.headerCount(), null, null, listed.answerBytes(), null)
                : whole(response, (RecordedResponse)
                        ((StoredRecord) record).answer().orElseThrow());
    }

    private static AnswerView whole(ResponseSummary head, RecordedResponse response) {
        return new AnswerView(
                true,
                head.status(),
                head.headerCount(),
                response.storedBody().length(),
                hash(response.body()),
                null,
                null);
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
