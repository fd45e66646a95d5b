package dev.idem.core.record.view;

import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.RecordedResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer as operators see it, without the user's data.
 *
 * @param stored whether repeats get it
 * @param status null unless stored
 * @param headerCount null unless stored
 * @param bodyBytes null unless stored
 * @param bodyHash the first 8 bytes of the body's SHA-256, to compare two bodies; null unless stored
 * @param notStoredReason {@code too_large}, {@code failed} or {@code outcome_unknown}; null if stored
 */
public record AnswerView(
        boolean stored,
        @Nullable Integer status,
        @Nullable Integer headerCount,
        @Nullable Integer bodyBytes,
        @Nullable String bodyHash,
        @Nullable String notStoredReason) {
    private static final int HASH_BYTES = 8;

    static AnswerView of(Answer answer) {
        if (answer instanceof RecordedResponse response) {
            return new AnswerView(
                    true,
                    response.status(),
                    response.headers().size(),
                    response.storedBody().length(),
                    hash(response.body()),
                    null);
        }
        AnswerNotStored missing = (AnswerNotStored) answer;
        return new AnswerView(
                false, null, null, null, null, missing.reason().name().toLowerCase(Locale.ROOT));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
